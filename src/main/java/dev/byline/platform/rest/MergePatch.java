package dev.byline.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/// JSON Merge Patch, RFC 7396, for flat objects: an absent member stays as it is, `null` clears it.
@Singleton
public record MergePatch(ObjectMapper json, InputValidator validated) {

    public static final String MEDIA_TYPE = "application/merge-patch+json";

    /// The members that the patch sets. Each value is checked by itself, without the others.
    public Map<String, Object> members(ObjectNode patch, Class<? extends Record> type) throws JsonProcessingException {
        var input = json.treeToValue(patch, type);
        var members = new HashMap<String, Object>();
        for (var member : type.getRecordComponents()) {
            if (patch.has(member.getName())) {
                members.put(member.getName(), Members.value(member, input));
            }
        }
        validated.only(members.keySet(), input);
        return members;
    }

    /// The row with the patch applied, checked as the input of a PUT.
    ///
    /// @param view what clients see of the row, which has all members of the input
    public <I extends Record> I apply(ObjectNode patch, Object view, Class<I> type) throws JsonProcessingException {
        // A null is set, not removed, so that an unknown member is still refused.
        ObjectNode merged = json.<ObjectNode>valueToTree(view).setAll(patch);
        return validated.of(json.treeToValue(merged, type));
    }
}
