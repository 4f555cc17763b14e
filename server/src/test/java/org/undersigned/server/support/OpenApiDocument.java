package org.undersigned.server.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The published OpenAPI document, and the check of responses against it. Read from the class path, because a test
/// compares it with the served document. The check is stricter than the document: an undescribed member is a fault
/// here, although the document tells clients to expect new members.
public final class OpenApiDocument {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> METHODS = List.of("get", "post", "put", "delete", "options", "head", "patch");

    public static final OpenApiDocument DOCUMENT = new OpenApiDocument();

    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<String, Pattern> paths = new HashMap<>();

    private OpenApiDocument() {
        document = JSON.readTree(bytes());
        close(document);
        for (var path : document.get("paths").propertyNames()) paths.put(path, pattern(path));
    }

    public static byte[] bytes() {
        try (var in = OpenApiDocument.class.getResourceAsStream("/openapi.json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Returns the regular expression of a path template. Only `{tile}` may contain slashes.
    private static Pattern pattern(String path) {
        return Pattern.compile(path.replace(".", "\\.").replace("{tile}", ".+").replaceAll("\\{[a-z]+}", "[^/]+"));
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(OpenApiDocument::close);
    }

    /// Returns every operation that the document describes, as `GET /address/{part}`.
    public TreeSet<String> operations() {
        var operations = new TreeSet<String>();
        for (var path : document.get("paths").propertyNames()) {
            for (var method : document.get("paths").get(path).propertyNames()) {
                if (METHODS.contains(method)) operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return operations;
    }

    /// Returns the template that matches a path, query ignored; of several, the one with the fewest parameters.
    private Optional<String> template(String path) {
        var plain = path.replaceAll("[?#].*", "");
        return paths.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(plain).matches())
                .map(Map.Entry::getKey)
                .min(Comparator.comparingInt(
                        one -> one.length() - one.replace("{", "").length()));
    }

    /// Returns the differences between a response and its description, one line each.
    public List<String> faults(String method, String path, HttpResponse<byte[]> response) {
        return faults(method, path, response.statusCode(), response.headers(), response.body());
    }

    /// @param body null if it is not available: an endless stream, or a body that the browser discarded
    public List<String> faults(String method, String path, int status, HttpHeaders headers, byte @Nullable [] body) {
        var template = template(path);
        var said = template.isEmpty() ? elsewhere(status) : answer(template.get(), method, status);
        if (said.isMissingNode()) return List.of(method + " answered by " + status + " is not described");
        var faults = new ArrayList<>(faultsOfHeaders(said.path("headers"), headers));
        faults.addAll(faultsOfContent(said.path("content"), headers, method.equals("HEAD") ? null : body));
        return faults;
    }

    /// Returns the described response for a path without template: not found, method not allowed, or malformed.
    private JsonNode elsewhere(int status) {
        return document.at("/components/responses/"
                + switch (status) {
                    case 404 -> "NotFound";
                    case 405 -> "NotAllowed"; // a method that no path accepts
                    default -> status < 400 || status >= 500 ? "-" : "Malformed";
                });
    }

    private JsonNode answer(String template, String method, int status) {
        var described = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        var operation = document.get("paths").get(template).path(described);
        if (!operation.isMissingNode()) {
            return resolved(operation.path("responses").path(Integer.toString(status)));
        }
        return document.at("/components/responses/" + (status == 405 ? "NotAllowed" : "-"));
    }

    private List<String> faultsOfHeaders(JsonNode described, HttpHeaders headers) {
        var faults = new ArrayList<String>();
        for (var name : described.propertyNames()) {
            var header = resolved(described.get(name));
            var value = headers.firstValue(name);
            if (value.isEmpty() && header.path("required").asBoolean(false)) faults.add("no header " + name);
            if (value.isEmpty()) continue;
            faults(header.get("schema"), JSON.writeValueAsString(value.get()))
                    .forEach(fault -> faults.add("header " + name + ": " + fault));
        }
        return faults;
    }

    private List<String> faultsOfContent(JsonNode content, HttpHeaders headers, byte @Nullable [] body) {
        var type = headers.firstValue("Content-Type").orElse("").replaceAll("\\s*;.*", "");
        if (content.isMissingNode()) {
            return body == null || body.length == 0 ? List.of() : List.of("a body is not described");
        }
        if (!content.has(type)) return List.of("media type " + type + " is not described");
        if (body == null || !type.endsWith("json")) return List.of();
        var compressed = headers.firstValue("Content-Encoding").isPresent();
        return faults(content.get(type).get("schema"), new String(compressed ? plain(body) : body, UTF_8));
    }

    private static byte[] plain(byte[] gzip) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> faults(JsonNode schema, String json) {
        return schemas
                .computeIfAbsent(schema, this::compiled)
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    /// Compiles a schema together with the components it refers to.
    private Schema compiled(JsonNode schema) {
        var whole = (ObjectNode) schema.deepCopy();
        whole.set("components", document.get("components"));
        return registry.getSchema(whole);
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    /// Returns the JSON responses whose schema is an object without described members, as `GET /address 200`.
    public List<String> withoutMembers() {
        var without = new ArrayList<String>();
        for (var path : document.get("paths").properties()) {
            for (var method : path.getValue().properties()) {
                for (var answer : method.getValue().path("responses").properties()) {
                    for (var schema :
                            resolved(answer.getValue()).path("content").findValues("schema")) {
                        var whole = resolved(schema);
                        var object = whole.path("type").asString("").equals("object");
                        if (object && whole.path("properties").isEmpty()) {
                            without.add(method.getKey() + " " + path.getKey() + " " + answer.getKey());
                        }
                    }
                }
            }
        }
        return without;
    }

    /// Returns the faults of the document's own examples against their schemas.
    public List<String> faultsOfExamples() {
        var faults = new ArrayList<String>();
        for (var path : document.get("paths").propertyNames()) {
            var content = document.at("/paths/" + path.replace("/", "~1") + "/get/responses/200/content");
            for (var type : content.propertyNames()) {
                var example = content.get(type).get("example");
                if (example == null) continue;
                faults(content.get(type).get("schema"), example.toString())
                        .forEach(fault -> faults.add(path + ": " + fault));
            }
        }
        return faults;
    }

    /// Returns the paths that return JSON and have no example.
    public List<String> withoutExample() {
        var without = new ArrayList<String>();
        for (var path : document.get("paths").propertyNames()) {
            var content = document.at("/paths/" + path.replace("/", "~1") + "/get/responses/200/content");
            for (var type : content.propertyNames()) {
                if (type.endsWith("json") && !content.get(type).has("example")) without.add(path);
            }
        }
        return without;
    }

    /// Validates a JSON text against a schema that is not part of this document; returns the faults.
    public List<String> faultsAgainst(@Nullable JsonNode schema, String json) {
        return registry.getSchema(schema).validate(json, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }
}
