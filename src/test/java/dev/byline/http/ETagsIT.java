package dev.byline.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ETagsIT extends ETagsTest {}
