package dev.byline.platform.bulk;

import dev.byline.ScratchDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(ScratchDatabase.class)
class KeepServerMembersIT extends KeepServerMembersTest {}
