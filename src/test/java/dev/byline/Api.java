package dev.byline;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;

import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// How the tests speak to the service.
public final class Api {

    /// By itself REST Assured says ISO-8859-1 of every body but JSON, and means it.
    private static final RestAssuredConfig UTF_8 = config().encoderConfig(encoderConfig()
            .defaultContentCharset(StandardCharsets.UTF_8)
            .appendDefaultContentCharsetToContentTypeIfUndefined(false));

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
        return given().config(UTF_8).filter(new Contract());
    }

    /// A request to the port of health and metrics.
    public static RequestSpecification operator() {
        return given().port(ManagementPort.ofTheServiceUnderTest());
    }

    public static RequestSpecification json(Object body) {
        return request().contentType(ContentType.JSON).body(body);
    }

    /// Whether a path is the product's, and not that of the tests' own entity, which `EntityContract` tests.
    public static boolean isOfTheProduct(String path) {
        return !path.contains("comments");
    }

    /// Where `Link` leads.
    ///
    /// @return null where there is no such relation
    public static String link(Response page, String relation) {
        var link = Pattern.compile("<([^>]*)>; rel=\"" + relation + "\"").matcher(page.header("Link"));
        return link.find() ? link.group(1) : null;
    }
}
