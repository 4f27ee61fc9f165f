package dev.byline.post;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class UserPostsIT extends UserPostsTest {}
