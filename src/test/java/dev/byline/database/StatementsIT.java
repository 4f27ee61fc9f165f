package dev.byline.database;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class StatementsIT extends StatementsTest {}
