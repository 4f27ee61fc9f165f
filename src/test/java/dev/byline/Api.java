package dev.byline;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/// How the tests speak to the service.
public final class Api {

    private Api() {}

    /// An admin's request: what the test is about may be done. Its answer must be one that the OpenAPI document
    /// describes, as with every request here.
    public static RequestSpecification request() {
        return as(Tokens.admin());
    }

    /// A request with this token, whatever it is.
    public static RequestSpecification as(String token) {
        return anonymous().header("Authorization", "Bearer " + token);
    }

    public static RequestSpecification anonymous() {
        return given().filter(new Contract());
    }

    /// A request to the port of health and metrics.
    public static RequestSpecification operator() {
        return given().port(ManagementPort.ofTheServiceUnderTest());
    }

    public static RequestSpecification json(Object body) {
        return request().contentType(ContentType.JSON).body(body);
    }
}
