package dev.byline.platform.framework;

import java.util.List;

/// A method of a resource.
///
/// @param template of its paths, as `/things/{id}`
/// @param resource the class
/// @param consumes the media types that it takes; empty where it takes any
/// @param produces the media types that it answers with, the one that it prefers first
public record ResourceMethod(String template, Class<?> resource, List<String> consumes, List<String> produces) {}
