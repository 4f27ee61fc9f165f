package dev.byline.user;

import dev.byline.platform.entity.EntityContract;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
public class UserContractTest extends EntityContract {

    UserContractTest() {
        super("/users");
    }
}
