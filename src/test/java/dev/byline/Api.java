package dev.byline;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// How the tests speak to the service.
public final class Api {

    /// By itself REST Assured says ISO-8859-1 of every body but JSON, and means it. It logs what fails, and indents
    /// every body in case it fails, which takes a tenth of the tests' time.
    private static final RestAssuredConfig CONFIG = config().encoderConfig(encoderConfig()
                    .defaultContentCharset(StandardCharsets.UTF_8)
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false))
            .logConfig(config().getLogConfig().enablePrettyPrinting(false));

    private static final ObjectMapper JSON = new ObjectMapper();

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
        return given().config(CONFIG).filter(new Contract());
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

    /// The id of the row that this answer has created. Reading `Location` is faster than one of REST Assured's paths,
    /// each of which is compiled anew.
    public static long idOfCreated(Response answer) {
        var location = answer.then().statusCode(201).extract().header("Location");
        return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
    }

    /// The ids of the rows of a page, read without one of REST Assured's paths too.
    public static List<Long> ids(Response page) {
        page.then().statusCode(200);
        try {
            return JSON.readTree(page.asString())
                    .valueStream()
                    .map(row -> row.get("id").asLong())
                    .toList();
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + page.asString(), e);
        }
    }

    /// Where `Link` leads.
    ///
    /// @return null where there is no such relation
    public static String link(Response page, String relation) {
        var link = Pattern.compile("<([^>]*)>; rel=\"" + relation + "\"").matcher(page.header("Link"));
        return link.find() ? link.group(1) : null;
    }
}
