package dev.byline.database;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConcurrentWritersIT extends ConcurrentWritersTest {}
