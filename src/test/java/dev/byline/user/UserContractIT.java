package dev.byline.user;

import dev.byline.ScratchDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(ScratchDatabase.class)
class UserContractIT extends UserContractTest {}
