package dev.byline;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(ScratchDatabase.class)
class ConsoleIT extends ConsoleTest {}
