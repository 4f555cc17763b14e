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

/// The published description of every address, and whether answers are as it says. Read from the class path, since
/// a test of what is served compares the two. Stricter than the document: a member that is not described is a fault
/// here, though clients are told to expect new ones.
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

    /// Only a tile's address has slashes in its last part.
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

    /// Every `GET /address/{part}` it describes.
    public TreeSet<String> operations() {
        var operations = new TreeSet<String>();
        for (var path : document.get("paths").propertyNames()) {
            for (var method : document.get("paths").get(path).propertyNames()) {
                if (METHODS.contains(method)) operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return operations;
    }

    /// What an address with a query stands under, if anything; the one with the fewest parts that vary.
    private Optional<String> template(String path) {
        var plain = path.replaceAll("[?#].*", "");
        return paths.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(plain).matches())
                .map(Map.Entry::getKey)
                .min(Comparator.comparingInt(
                        one -> one.length() - one.replace("{", "").length()));
    }

    /// What of an answer is not as described, a line each.
    public List<String> faults(String method, String path, HttpResponse<byte[]> response) {
        return faults(method, path, response.statusCode(), response.headers(), response.body());
    }

    /// @param body null if it was not kept: a stream that does not end, what a browser has shown
    public List<String> faults(String method, String path, int status, HttpHeaders headers, byte @Nullable [] body) {
        var template = template(path);
        var said = template.isEmpty() ? elsewhere(status) : answer(template.get(), method, status);
        if (said.isMissingNode()) return List.of(method + " answered by " + status + " is not described");
        var faults = new ArrayList<>(faultsOfHeaders(said.path("headers"), headers));
        faults.addAll(faultsOfContent(said.path("content"), headers, method.equals("HEAD") ? null : body));
        return faults;
    }

    /// Where nothing is described there is nothing, or it is no address.
    private JsonNode elsewhere(int status) {
        return document.at("/components/responses/"
                + switch (status) {
                    case 404 -> "NotFound";
                    case 405 -> "NotAllowed"; // a method that nothing knows
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

    /// A schema with all it refers to.
    private Schema compiled(JsonNode schema) {
        var whole = (ObjectNode) schema.deepCopy();
        whole.set("components", document.get("components"));
        return registry.getSchema(whole);
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    /// Answers in JSON of which nothing is said but that they are an object, as `GET /address 200`.
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

    /// Faults of the examples it gives.
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

    /// Addresses that answer with JSON, without an example.
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

    /// Faults of a document against a schema that stands alone.
    public List<String> faultsAgainst(@Nullable JsonNode schema, String json) {
        return registry.getSchema(schema).validate(json, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }
}
