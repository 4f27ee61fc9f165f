package dev.byline.comment;

import dev.byline.platform.entity.EntityContract;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class CommentContractTest extends EntityContract {

    CommentContractTest() {
        super("/comments");
    }
}
