package dev.byline.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class EdgeIT extends EdgeTest {}
