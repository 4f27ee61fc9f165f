package dev.byline.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

/// JSON Merge Patch, RFC 7396, for flat objects: an absent member stays as it is, `null` clears it.
@Singleton
public class MergePatch {

    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private final ObjectMapper json;
    private final InputValidator validated;

    MergePatch(ObjectMapper json, InputValidator validated) {
        this.json = json;
        this.validated = validated;
    }

    /// The members that the patch sets, with values that each of them may have whatever the others are.
    ///
    /// @throws JsonProcessingException when the patch has unknown members or wrong types
    /// @throws ConstraintViolationException when a value is not allowed, or `null` is not
    public Map<String, Object> members(ObjectNode patch, Class<? extends Record> type) throws JsonProcessingException {
        var input = json.treeToValue(patch, type);
        var members = new HashMap<String, Object>();
        for (var member : type.getRecordComponents()) {
            if (patch.has(member.getName())) {
                members.put(member.getName(), value(member, input));
            }
        }
        validated.only(members.keySet(), input);
        return members;
    }

    private static Object value(RecordComponent member, Record input) {
        try {
            return member.getAccessor().invoke(input);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a record's members can be read", e);
        }
    }

    /// What the patch makes of the input, checked as the input of a PUT is.
    ///
    /// @throws JsonProcessingException when the patch has unknown members or wrong types
    /// @throws ConstraintViolationException when a value is not allowed, or `null` is not
    @SuppressWarnings("unchecked")
    public <T extends Record> T apply(ObjectNode patch, T current) throws JsonProcessingException {
        // null is set, not removed: a removed member could no longer be refused as unknown.
        ObjectNode merged = json.<ObjectNode>valueToTree(current).setAll(patch);
        return validated.of((T) json.treeToValue(merged, current.getClass()));
    }
}
