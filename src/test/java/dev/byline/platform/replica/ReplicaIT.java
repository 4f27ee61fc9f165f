package dev.byline.platform.replica;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ReplicaIT extends ReplicaTest {}
