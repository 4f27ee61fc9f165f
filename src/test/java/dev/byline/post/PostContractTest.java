package dev.byline.post;

import dev.byline.platform.entity.EntityContract;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
public class PostContractTest extends EntityContract {

    PostContractTest() {
        super("/posts");
    }
}
