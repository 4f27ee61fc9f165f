package dev.byline;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/// How the tests speak to the service.
public final class Api {

    private Api() {}

    /// A request whose answer must be one that the OpenAPI document describes.
    public static RequestSpecification request() {
        return given().filter(new Contract());
    }

    public static RequestSpecification json(Object body) {
        return request().contentType(ContentType.JSON).body(body);
    }
}
