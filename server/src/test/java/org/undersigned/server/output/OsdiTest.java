package org.undersigned.server.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.TestInstance;

/// Compares the OSDI-shaped responses with the names in the tables and examples of the specification, version 1.2
/// (opensupporter.github.io/osdi-docs: aep, petitions, events, advocacy_campaigns).
final class OsdiTest {
    private static final Set<String> COMMON_NAMES =
            words("identifiers created_date modified_date origin_system name title"
                    + " description summary browser_url _links");
    private static final Map<String, Set<String>> NAMES_BY_LIST = Map.of(
            "petitions", words("petition_text total_signatures target"),
            "events",
                    words("type ticket_options total_accepted total_tickets total_amount status instructions start_date"
                            + " end_date all_day_date all_day capacity guests_can_invite_others transparence visibility"
                            + " location reminders"),
            "advocacy_campaigns",
                    words("templates targets featured_image_url total_outreaches type share_url total_shares"
                            + " share_options"));
    /// Allowed names in nested objects, by the member that contains the object.
    private static final Map<String, Set<String>> NESTED_NAMES = Map.of(
            "target", words("name"), // of a petition
            "targets",
                    words("title organization given_name family_name ocdid postal_addresses email_addresses"
                            + " phone_numbers"),
            "postal_addresses",
                    words("primary address_type venue address_lines locality region postal_code country language"
                            + " location status"),
            "email_addresses", words("primary address address_type status"),
            "location",
                    words("venue address_lines locality region postal_code country language location"
                            + " latitude longitude accuracy"),
            "_links", words("self"));

    /// OSDI's names for people and for links to people.
    private static final Set<String> PEOPLE = words("osdi:people osdi:person osdi:creator osdi:modified_by"
            + " osdi:organizer osdi:signatures osdi:attendances osdi:outreaches osdi:record_signature_helper"
            + " osdi:record_attendance_helper osdi:record_outreach_helper osdi:person_signup_helper");

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    private static Set<String> words(String words) {
        return new TreeSet<>(Arrays.asList(words.split(" ", -1)));
    }

    private static String read(String path) {
        var response = instance.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/hal+json");
        return TestInstance.text(response);
    }

    /// Returns every member name in a document, at any depth.
    static Set<String> names(String json) {
        var names = new TreeSet<String>();
        collect(JsonPath.read(json, "$"), names);
        return names;
    }

    private static void collect(Object node, Set<String> to) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                to.add((String) name);
                collect(value, to);
            });
        }
        if (node instanceof List<?> list) list.forEach(one -> collect(one, to));
    }

    private static String pathOf(String url) {
        return url.substring(instance.publicUrl().length());
    }

    @Test
    void aNewCountRaisesModifiedDate() {
        var petition = "/osdi/v1/petitions/tufts-sanctuary";
        var before = read(petition);
        assertThat(before).doesNotContain("total_signatures");
        instance.crowd(10);
        instance.published(10);
        var after = read(petition);

        assertThat(JsonPath.<Integer>read(after, "$.total_signatures")).isGreaterThanOrEqualTo(10);
        assertThat(Instant.parse(JsonPath.read(after, "$.modified_date")))
                .isAfter(Instant.parse(JsonPath.read(before, "$.modified_date")));
    }

    @Test
    void theEntryPointSaysThatThereAreNoPeople() {
        var entry = read("/osdi/v1");

        assertThat(JsonPath.<String>read(entry, "$.motd")).contains("no people, signatures, attendances");
        assertThat(JsonPath.<String>read(read("/osdi/v1?lang=es"), "$.motd")).contains("no hay personas, firmas");
        assertThat(JsonPath.<Integer>read(entry, "$.max_pagesize")).isEqualTo(25);
        assertThat(JsonPath.<String>read(entry, "$.osdi_version")).isEqualTo("1.2");
        assertThat(JsonPath.<Map<String, Object>>read(entry, "$._links"))
                .containsOnlyKeys("self", "curies", "docs", "osdi:petitions", "osdi:events", "osdi:advocacy_campaigns");
        assertThat(JsonPath.<Boolean>read(entry, "$._links.curies[0].templated"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"petitions", "events", "advocacy_campaigns"})
    void everyListHasTheSpecificationsShapeAndNamesAndNobodyIsInIt(String list) {
        var relation = "osdi:" + list;
        var seen = new ArrayList<String>();
        var total = JsonPath.<Integer>read(read("/osdi/v1/" + list + "?per_page=2"), "$.total_pages");
        for (var page = 1; page <= total; page++) {
            var body = read("/osdi/v1/" + list + "?per_page=2&page=" + page);
            assertThat(JsonPath.<Integer>read(body, "$.page")).isEqualTo(page);
            assertThat(JsonPath.<Integer>read(body, "$.per_page")).isEqualTo(2);
            List<Map<String, Object>> items = JsonPath.read(body, "$._embedded['" + relation + "']");
            List<String> links = JsonPath.read(body, "$._links['" + relation + "'][*].href");
            assertThat(links).hasSameSizeAs(items);
            for (var i = 0; i < items.size(); i++) {
                assertThat(items.get(i).keySet())
                        .isSubsetOf(union(COMMON_NAMES, NAMES_BY_LIST.getOrDefault(list, Set.of())));
                items.get(i).forEach(OsdiTest::hasTheSpecificationsNames);
                assertThat(JsonPath.<Map<String, Object>>read(read(pathOf(links.get(i))), "$"))
                        .isEqualTo(items.get(i));
            }
            assertThat(JsonPath.<List<String>>read(body, "$._embedded.*[*].identifiers[*]"))
                    .allMatch(one -> one.matches("localhost:.+"));
            assertThat(names(body)).doesNotContainAnyElementsOf(PEOPLE);
            seen.addAll(links);
            assertThat(names(body).contains("previous")).isEqualTo(page > 1);
            assertThat(names(body).contains("next")).isEqualTo(page < total);
            if (page < total) {
                String next = JsonPath.read(body, "$._links.next.href");
                assertThat(JsonPath.<Integer>read(read(pathOf(next)), "$.page")).isEqualTo(page + 1);
            }
            assertThat(JsonPath.<Integer>read(body, "$.total_records")).isGreaterThanOrEqualTo(seen.size());
        }
        assertThat(seen).doesNotHaveDuplicates().isNotEmpty();
        assertThat(seen).hasSize(JsonPath.<Integer>read(read("/osdi/v1/" + list), "$.total_records"));
    }

    private static void hasTheSpecificationsNames(String in, Object node) {
        if (node instanceof List<?> list) list.forEach(one -> hasTheSpecificationsNames(in, one));
        if (!(node instanceof Map<?, ?> map)) return;
        if (NESTED_NAMES.containsKey(in)) {
            map.keySet().forEach(name -> assertThat(NESTED_NAMES.get(in)).as(in).contains((String) name));
            map.forEach((name, value) -> hasTheSpecificationsNames((String) name, value));
        } else {
            assertThat(in).as("a link has no names of ours").isEqualTo("self");
        }
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        var all = new TreeSet<>(a);
        all.addAll(b);
        return all;
    }

    @Test
    void anEventIsToldAsTheSpecificationWants() {
        var walk = read("/osdi/v1/events/evening-walk");

        assertThat(JsonPath.<String>read(walk, "$.title")).isEqualTo("Evening walk");
        assertThat(JsonPath.<String>read(read("/osdi/v1/events/evening-walk?lang=es"), "$.title"))
                .isEqualTo("Marcha de la tarde");
        assertThat(JsonPath.<String>read(walk, "$.start_date")).isEqualTo("2040-11-17T01:30:00Z");
        assertThat(JsonPath.<String>read(walk, "$.end_date")).isEqualTo("2040-11-17T03:00:00Z");
        assertThat(JsonPath.<Boolean>read(walk, "$.all_day")).isFalse();
        assertThat(JsonPath.<Map<String, Object>>read(walk, "$.location").keySet())
                .containsExactly("venue", "locality", "region", "country", "language", "location"); // no street
        assertThat(JsonPath.<String>read(walk, "$.location.region")).isEqualTo("CO");
        assertThat(JsonPath.<String>read(walk, "$.location.locality")).isEqualTo("Denver");
        assertThat(JsonPath.<String>read(walk, "$.transparence")).isEqualTo("transparent"); // as in the calendar
        assertThat(JsonPath.<String>read(walk, "$.description")).contains(" → "); // the route
        assertThat(JsonPath.<Double>read(walk, "$.location.location.latitude")).isEqualTo(39.74);
        assertThat(JsonPath.<String>read(walk, "$.browser_url")).isEqualTo(instance.publicUrl() + "/a/evening-walk");
        var tufts = read("/osdi/v1/events/tufts-walkout"); // no source gives the hour
        assertThat(JsonPath.<String>read(tufts, "$.all_day_date")).isEqualTo("2016-11-16");
        assertThat(names(tufts)).doesNotContain("start_date", "end_date", "created_date");
    }

    @ParameterizedTest
    @CsvSource({"en, Write to the Electoral College", "es, Escribir al Colegio Electoral"})
    void theReadersLanguageIsToldAndVaried(String language, String title) {
        var response = instance.get("/osdi/v1/advocacy_campaigns", "Accept-Language", language);

        assertThat(JsonPath.<List<String>>read(TestInstance.text(response), "$._embedded.*[*].title"))
                .contains(title);
        assertThat(response.headers().firstValue("Content-Language")).contains(language);
        assertThat(response.headers().firstValue("Vary").orElseThrow()).contains("Accept-Language");
    }
}
