package dev.byline.platform.entity;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.as;
import static dev.byline.Api.ids;
import static dev.byline.Api.json;
import static dev.byline.Api.link;
import static dev.byline.Api.operator;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.byline.Tokens;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds for every entity. The test knows nothing of it but its path, and what the description of the API says.
public abstract class EntityContract {

    private static final Set<String> OF_THE_SERVER = Set.of("id", "createdAt", "updatedAt", "version");

    private final String mark = "mark" + UUID.randomUUID().toString().replace("-", "");

    private final String path;
    private EntityUnderTest entity;

    /// @param path of the entity's rows
    protected EntityContract(String path) {
        this.path = path;
    }

    @BeforeEach
    void readDescription() {
        entity = EntityUnderTest.at(path);
    }

    @Test
    void createsReadsReplacesChangesAndDeletes() {
        var sample = entity.sample(mark);
        var created = json(sample).post(entity.path());
        created.then().statusCode(201).header("ETag", "\"0\"");
        var row = created.jsonPath().getMap("$");
        var path = created.header("Location");
        assertEquals(entity.at(created.jsonPath().getLong("id")), path);
        sample.forEach((member, value) ->
                assertEquals(value.toString(), row.get(member).toString()));
        request().get(path).then().statusCode(200).header("ETag", "\"0\"").body("$", is(row));

        sample.put(entity.text(), mark + " replaced");
        json(sample)
                .put(path)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body(entity.text(), is(mark + " replaced"));
        json(Map.of(entity.text(), mark + " changed"))
                .contentType("application/merge-patch+json")
                .patch(path)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body(entity.text(), is(mark + " changed"));
        request().delete(path).then().statusCode(204);
        request().get(path).then().statusCode(404);
    }

    @Test
    void takesBackWhatItHasAnsweredAndRefusesWhatItDoesNotKnow() {
        long id = entity.created(mark);
        entity.embeddable().forEach(name -> {
            var row = request().get(entity.at(id) + "?embed=" + name);
            json(row.jsonPath().getMap("$")).put(entity.at(id)).then().statusCode(200);
        });
        var unknown = new HashMap<>(entity.read(id));
        unknown.put("neverHeardOf", 1);
        json(unknown)
                .put(entity.at(id))
                .then()
                .statusCode(422)
                .body("errors.pointer", is(List.of("#/neverHeardOf")))
                .body("errors.code", is(List.of("unknown")));
    }

    @Test
    void namesEveryBadMember() {
        var pointers = new ArrayList<String>();
        entity.input().get("required").forEach(member -> pointers.add("#/" + member.asText()));
        json(Map.of())
                .post(entity.path())
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItems(pointers.toArray(String[]::new)))
                .body("errors.code", everyItem(is("required")));
        var tooLong = entity.sample("x".repeat(entity.longest(entity.text()) + 1));
        json(tooLong)
                .post(entity.path())
                .then()
                .statusCode(422)
                .body("errors.find { it.pointer == '#/%s' }.code".formatted(entity.text()), is("size"));
        entity.references().keySet().forEach(member -> {
            var nowhere = entity.sample(mark);
            nowhere.put(member, Long.MAX_VALUE);
            json(nowhere).post(entity.path()).then().statusCode(422).body("errors.pointer", is(List.of("#/" + member)));
        });
    }

    @Test
    void refusesAStaleWriteAndSendsNoRowTwice() {
        long id = entity.created(mark);
        var first = request().get(entity.at(id)).header("ETag");
        request().header("If-None-Match", first).get(entity.at(id)).then().statusCode(304);
        json(entity.sample(mark + " changed"))
                .header("If-Match", first)
                .put(entity.at(id))
                .then()
                .statusCode(200);
        json(entity.sample(mark))
                .header("If-Match", first)
                .put(entity.at(id))
                .then()
                .statusCode(412);
        request().header("If-Match", first).delete(entity.at(id)).then().statusCode(412);
    }

    /// For clients that send back what they have read, and know nothing of entity tags.
    @Test
    void refusesABodyOfAnotherVersionThanTheRows() {
        long id = entity.created(mark);
        var path = entity.at(id);
        var read = entity.read(id);
        assertEquals(0, read.get("version"));
        for (var method : List.of("PUT", "PATCH")) {
            for (var other : List.of("1", "-1", "9223372036854775808", "1" + "0".repeat(100))) {
                bodyOf(read, other)
                        .request(method, path)
                        .then()
                        .statusCode(412)
                        .header("ETag", "\"0\"")
                        .body("type", is("/problems/stale"))
                        .body("detail", containsString("the row is at version 0 now"));
            }
            for (var invalid : List.of("null", "\"0\"", "0.0", "0e0", "true", "[0]", "{\"version\":0}")) {
                bodyOf(read, invalid)
                        .request(method, path)
                        .then()
                        .statusCode(422)
                        .body("errors.pointer", is(List.of("#/version")))
                        .body("errors.code", is(List.of("type")));
            }
            bodyOf(read, "0,\"version\":0").request(method, path).then().statusCode(400);
            bodyOf(read, "0")
                    .header("If-Match", "\"1\"")
                    .request(method, path)
                    .then()
                    .statusCode(412);
            bodyOf(read, "1")
                    .header("If-Match", "*")
                    .request(method, path)
                    .then()
                    .statusCode(412);
            bodyOf(read, "0").request(method, entity.at(Long.MAX_VALUE)).then().statusCode(404);
        }
        assertEquals(read, entity.read(id));

        var changed = new HashMap<>(read);
        changed.put(entity.text(), mark + " first");
        json(changed).put(path).then().statusCode(200).body("version", is(1));
        changed.put(entity.text(), mark + " second");
        json(changed).put(path).then().statusCode(412);
        json(Map.of(entity.text(), mark + " second", "version", 1))
                .patch(path)
                .then()
                .statusCode(200);
        json(Map.of(entity.text(), mark + " third", "version", 1))
                .patch(path)
                .then()
                .statusCode(412);
        changed.remove("version");
        json(changed)
                .put(path)
                .then()
                .statusCode(200)
                .body(entity.text(), is(mark + " second"))
                .body("version", is(2));
    }

    /// @param version in JSON
    private static RequestSpecification bodyOf(Map<String, Object> row, String version) {
        var body = new HashMap<>(row);
        body.put("version", new RawValue(version));
        return json(body);
    }

    @Test
    void comparesTheVersionsOfSingleRowsOnly() {
        var sample = entity.sample(mark);
        sample.put("version", 9);
        json(sample).post(entity.path()).then().statusCode(201).body("version", is(0));
        json(List.of(sample)).post(entity.path()).then().statusCode(200).body("version", is(List.of(0)));
        json(Map.of(entity.text(), mark, "version", 0))
                .queryParam(entity.text(), mark)
                .patch(entity.path())
                .then()
                .statusCode(422)
                .body("errors.pointer", is(List.of("#/version")))
                .body("errors.code", is(List.of("conflict")));
        json(Map.of(entity.text(), mark + " changed"))
                .queryParam(entity.text(), mark)
                .queryParam("version", 0)
                .patch(entity.path())
                .then()
                .statusCode(200)
                .body("affected", is(2));
    }

    @Test
    void findsARowByEachOfItsValues() {
        long id = entity.created(mark);
        long other = entity.created(mark + " second");
        var differ = new TreeMap<String, Object>(entity.read(id));
        differ.keySet().retainAll(entity.sortable());
        assertTrue(differ.keySet().containsAll(OF_THE_SERVER), differ.toString());
        differ.forEach((field, value) -> {
            var both = both().queryParam(field, value).get(entity.path());
            both.then().statusCode(200).body("id", hasItem((int) id));
            both().queryParam(field + ":ne", value)
                    .get(entity.path())
                    .then()
                    .body("id.size()", is(2 - both.jsonPath().getList("id").size()));
            if (!field.equals(entity.text())) {
                both().queryParam(field + ":gte", value)
                        .get(entity.path())
                        .then()
                        .body("id", hasItem((int) id));
                both().queryParam(field + ":lte", value)
                        .get(entity.path())
                        .then()
                        .body("id", hasItem((int) id));
            }
        });
        request()
                .queryParam(entity.text() + ":contains", mark.substring(3))
                .get(entity.path())
                .then()
                .body("id", is(List.of((int) id, (int) other)));
        if (entity.isSearchable()) {
            request()
                    .queryParam("q", mark + " second")
                    .get(entity.path())
                    .then()
                    .body("id", is(List.of((int) other)));
        }
    }

    private RequestSpecification both() {
        return request().queryParam(entity.text() + ":startsWith", mark);
    }

    @Test
    void walksEveryOrderForwardAndBack() {
        IntStream.range(0, 5).forEach(i -> entity.created(mark + i % 3));
        var filter = entity.path() + "?" + entity.text() + ":startsWith=" + mark + "&sort=";
        for (var field : entity.sortable()) {
            for (var direction : List.of("", "-")) {
                var whole = ids(request().get(filter + direction + field));
                assertEquals(5, whole.size(), direction + field);
                var walked = new ArrayList<Long>();
                var page = request().get(filter + direction + field + "&limit=2");
                walked.addAll(ids(page));
                while (link(page, "next") != null) {
                    page = request().urlEncodingEnabled(false).get(link(page, "next"));
                    walked.addAll(ids(page));
                }
                assertEquals(whole, walked, direction + field);
                page = request().urlEncodingEnabled(false).get(link(page, "prev"));
                assertEquals(whole.subList(2, 4), ids(page), direction + field);
            }
        }
    }

    @Test
    void carriesAlongWhatItRefersToAndWhatRefersToIt() {
        long id = entity.created(mark);
        var row = entity.read(id);
        entity.references().forEach((member, target) -> {
            var name = member.substring(0, member.length() - 2);
            var referred = entity.other(target).read(((Number) row.get(member)).longValue());
            request().get(entity.at(id) + "?embed=" + name).then().body(name, is(referred));
            request().get(entity.path() + "?id=" + id + "&embed=" + name).then().body(name, is(List.of(referred)));
            request()
                    .get(entity.path() + "?id=" + id + "&fields=" + name + ".id")
                    .then()
                    .body(name + ".id", is(List.of(row.get(member))));
        });
        entity.ofParents().forEach((ofParents, parents) -> {
            var name = entity.path().substring(1);
            var parent = row.get(entity.parent(ofParents));
            request().get(parents + "/" + parent + "?embed=" + name).then().body(name, is(List.of(row)));
            request().get(parents + "?id=" + parent + "&embed=" + name).then().body(name, is(List.of(List.of(row))));
        });
    }

    @Test
    void listsAndCreatesTheRowsOfOneParent() {
        entity.ofParents().forEach((template, parents) -> {
            var member = entity.parent(template);
            var sample = entity.sample(mark);
            var path = template.replace("{id}", String.valueOf(sample.get(member)));
            var other = sample.put(member, entity.sample(mark).get(member));
            json(sample).post(path).then().statusCode(422).body("errors.pointer", is(List.of("#/" + member)));
            sample.remove(member);
            var created = json(sample).post(path);
            created.then().statusCode(201).body(member, is(((Number) other).intValue()));
            request()
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body("id", is(List.of(created.jsonPath().getInt("id"))));
            var nowhere = template.replace("{id}", String.valueOf(Long.MAX_VALUE));
            request().get(nowhere).then().statusCode(404);
            json(sample).post(nowhere).then().statusCode(404);
        });
    }

    @Test
    void importsWhatItExports() {
        var rows = List.of(entity.sample(mark + " a, \"b\""), entity.sample(mark + "\n=1+1"));
        json(rows).post(entity.path()).then().statusCode(200).body("$", hasSize(2));
        var filter = entity.path() + "?sort=id&" + entity.text() + ":startsWith=" + mark;
        for (var type : List.of("application/x-ndjson", "text/csv")) {
            var exported = request()
                    .accept(type)
                    .get(filter)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asByteArray();
            request()
                    .contentType(type)
                    .body(exported)
                    .post(entity.path())
                    .then()
                    .statusCode(200)
                    .body("created", is(2));
            var texts = request().get(filter).jsonPath().getList(entity.text());
            assertEquals(texts.subList(0, 2), texts.subList(texts.size() - 2, texts.size()), type);
            // Twice as many would be exported next time.
            var ids = ids(request().get(filter));
            request()
                    .queryParam("id", ids.subList(2, 4))
                    .delete(entity.path())
                    .then()
                    .body("affected", is(2));
        }
    }

    /// As a POST of many rows to the list, but with an answer of one shape.
    @Test
    void importsAtAPathOfItsOwn() {
        var path = entity.path() + "/import";
        var texts = List.of(mark + " a", mark + " b");
        json(texts.stream().map(entity::sample).toList())
                .post(path)
                .then()
                .statusCode(200)
                .body("created", is(2))
                .body("rows." + entity.text(), is(texts));
        json(List.of(entity.sample(mark)))
                .header("Prefer", "return=minimal")
                .post(path)
                .then()
                .statusCode(200)
                .header("Preference-Applied", "return=minimal")
                .body("", is(Map.of("created", 1)));
        var exported = request()
                .accept("application/x-ndjson")
                .queryParam(entity.text(), mark)
                .get(entity.path())
                .asByteArray();
        request()
                .contentType("application/x-ndjson")
                .body(exported)
                .post(path)
                .then()
                .statusCode(200)
                .body("", is(Map.of("created", 1)));
        for (var none : List.of("", "{}", "null")) {
            json(none)
                    .post(path)
                    .then()
                    .statusCode(400)
                    .body("type", is("/problems/malformed"))
                    .body("detail", containsString("Send a JSON array of rows"));
        }
        request().get(path).then().statusCode(405).header("Allow", "OPTIONS, POST");
        assertEquals("OPTIONS, POST", request().options(path).header("Allow"));
        entity.ofParents().forEach((ofParents, parents) -> {
            var row = entity.sample(mark);
            var parent = row.remove(entity.parent(ofParents));
            json(List.of(row))
                    .post(ofParents.replace("{id}", parent.toString()) + "/import")
                    .then()
                    .statusCode(200)
                    .body("rows[0]." + entity.parent(ofParents), is(((Number) parent).intValue()));
            json(List.of(row))
                    .post(ofParents.replace("{id}", "0") + "/import")
                    .then()
                    .statusCode(404);
        });
    }

    @Test
    void namesEveryBadRowAndStoresNone() {
        var bad = entity.sample(mark);
        bad.put(entity.text(), "");
        var errors = json(List.of(entity.sample(mark), bad, entity.sample(mark), Map.of()))
                .post(entity.path())
                .then()
                .statusCode(422)
                .body("badRows", is(2))
                .extract()
                .jsonPath()
                .getList("errors.pointer", String.class);
        assertTrue(errors.contains("#/1/" + entity.text()), errors.toString());
        assertTrue(errors.contains("#/3/" + entity.text()), errors.toString());
        entity.references().keySet().forEach(member -> {
            var nowhere = entity.sample(mark);
            nowhere.put(member, Long.MAX_VALUE);
            json(List.of(entity.sample(mark), nowhere))
                    .post(entity.path())
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", is(List.of("#/1/" + member)));
        });
        request().queryParam(entity.text(), mark).get(entity.path()).then().body("$", hasSize(0));
    }

    @Test
    void isDoneOnceUnderAKeyAndNotAtAllInARehearsal() {
        var sample = entity.sample(mark);
        var first = json(sample).header("Idempotency-Key", mark).post(entity.path());
        var second = json(sample).header("Idempotency-Key", mark).post(entity.path());
        assertEquals(201, first.statusCode());
        assertEquals(first.asString(), second.asString());
        second.then().header("Idempotency-Replayed", "true");
        json(sample).header("Prefer", "tx=rollback").post(entity.path()).then().statusCode(201);
        json(sample)
                .header("Prefer", "return=minimal")
                .put(entity.at(first.jsonPath().getLong("id")))
                .then()
                .statusCode(204)
                .header("ETag", "\"0\"");
        request().queryParam(entity.text(), mark).get(entity.path()).then().body("$", hasSize(1));
    }

    @Test
    void changesAndDeletesByFilter() {
        entity.created(mark + "a");
        entity.created(mark + "b");
        var fit = entity.text() + ":startsWith";
        json(Map.of(entity.text(), mark + "c"))
                .queryParam(fit, mark)
                .header("Prefer", "max-affected=1")
                .patch(entity.path())
                .then()
                .statusCode(409);
        var changed = new HashMap<String, Object>(Map.of(entity.text(), mark + "c"));
        entity.references()
                .keySet()
                .forEach(member -> changed.put(member, entity.sample(mark).get(member)));
        json(changed)
                .queryParam(fit, mark)
                .patch(entity.path())
                .then()
                .statusCode(200)
                .body("affected", is(2));
        request()
                .queryParam(fit, mark)
                .get(entity.path())
                .then()
                .body(entity.text(), everyItem(is(mark + "c")))
                .body("version", everyItem(is(1)));
        entity.references().keySet().forEach(member -> request()
                .queryParam(fit, mark)
                .get(entity.path())
                .then()
                .body(member, everyItem(is(((Number) changed.get(member)).intValue()))));
        request().delete(entity.path()).then().statusCode(400);
        request()
                .queryParam(fit, mark)
                .delete(entity.path())
                .then()
                .statusCode(200)
                .body("affected", is(2));
    }

    @Test
    void isWrittenByItsOwnerAndByAdminsOnly() {
        var owner = person();
        var stranger = person();
        var sample = entity.sample(mark);
        anonymous()
                .contentType(ContentType.JSON)
                .body(sample)
                .post(entity.path())
                .then()
                .statusCode(401);
        as(Tokens.ofSomebody(""))
                .contentType(ContentType.JSON)
                .body(sample)
                .post(entity.path())
                .then()
                .statusCode(403);
        long id = owner.path.equals(entity.path()) ? owner.id : created(owner);
        var row = new HashMap<>(entity.read(id));
        var path = entity.at(id);
        var patch = Map.of(entity.text(), mark);
        for (var token : List.of(stranger.token, Tokens.ofSomebody(scope(entity)))) {
            as(token).contentType(ContentType.JSON).body(row).put(path).then().statusCode(403);
            as(token)
                    .contentType(ContentType.JSON)
                    .body(patch)
                    .patch(path)
                    .then()
                    .statusCode(403);
            as(token).delete(path).then().statusCode(403);
            as(token)
                    .contentType(ContentType.JSON)
                    .body(List.of(sample))
                    .post(entity.path())
                    .then()
                    .statusCode(403);
            as(token).queryParam("id", id).delete(entity.path()).then().statusCode(403);
        }
        anonymous().delete(path).then().statusCode(401);
        as(owner.token).contentType(ContentType.JSON).body(row).put(path).then().statusCode(200);
        as(owner.token)
                .contentType(ContentType.JSON)
                .body(patch)
                .patch(path)
                .then()
                .statusCode(200);
        as(owner.token).delete(path).then().statusCode(204);
    }

    private record Person(String token, String path, long id) {}

    /// Somebody who may write, and has the row that stands for them. Who has none is told where to create it.
    private Person person() {
        var subject = "somebody-" + UUID.randomUUID();
        var detail = as(Tokens.of(subject, scope(entity)))
                .delete(entity.at(entity.created(mark)))
                .then()
                .statusCode(403)
                .extract()
                .jsonPath()
                .getString("detail");
        var owners = entity.other(detail.replaceFirst(".* POST (/\\w+)\\.", "$1"));
        var token = Tokens.of(subject, scope(owners) + " " + scope(entity));
        var own = as(token)
                .contentType(ContentType.JSON)
                .body(owners.sample(mark))
                .post(owners.path());
        own.then().statusCode(201);
        return new Person(token, owners.path(), own.jsonPath().getLong("id"));
    }

    /// The scope that writes need, as the challenge of RFC 6750 names it.
    private String scope(EntityUnderTest entity) {
        var refused = as(Tokens.ofSomebody("")).delete(entity.at(1));
        var scope = Pattern.compile("scope=\"([^\"]*)\"").matcher(refused.header("WWW-Authenticate"));
        assertTrue(scope.find(), refused.header("WWW-Authenticate"));
        return scope.group(1);
    }

    private long created(Person owner) {
        var sample = entity.sample(mark);
        entity.references().forEach((member, target) -> {
            if (target.equals(owner.path)) {
                sample.put(member, owner.id);
            }
        });
        var created = as(owner.token).contentType(ContentType.JSON).body(sample).post(entity.path());
        created.then().statusCode(201);
        return created.jsonPath().getLong("id");
    }

    @Test
    void isMeasured() {
        entity.read(entity.created(mark));
        operator().get("/q/metrics").then().statusCode(200).body(containsString("uri=\"" + entity.path() + "/{id}\""));
    }
}
