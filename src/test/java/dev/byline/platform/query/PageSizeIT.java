package dev.byline.platform.query;

import dev.byline.ScratchDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(ScratchDatabase.class)
class PageSizeIT extends PageSizeTest {}
