package dev.byline.platform.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;

/// A string of the body has a character that no database text can hold.
public final class UnstorableTextException extends JsonMappingException {

    private static final long serialVersionUID = 1L;

    public UnstorableTextException(JsonParser parser, String detail) {
        super(parser, detail);
    }
}
