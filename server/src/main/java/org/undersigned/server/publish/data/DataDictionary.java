package org.undersigned.server.publish.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.site.PageContext;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The tables' dictionary for programs, as CSV on the Web (W3C Recommendation "Metadata Vocabulary for Tabular
/// Data", 2015). This format has texts in several languages, keys, lists and foreign keys. The texts are those of
/// the page.
///
/// @param english the English texts
/// @param spanish the Spanish texts
record DataDictionary(CampaignData data, PageContext english, PageContext spanish) {
    byte[] write() {
        var group = JsonNodeFactory.instance.objectNode();
        group.putArray("@context").add("http://www.w3.org/ns/csvw").addObject().put("@language", "en");
        group.put("@type", "TableGroup");
        var campaign = data.campaign();
        both(group, "dc:title", page -> page.t("data.title") + ": " + page.in(campaign.name()));
        both(group, "dc:description", page -> String.join(" ", DataPage.rules(page)));
        both(group, "dc:rights", page -> page.t("data.rights"));
        both(group, "dc:bibliographicCitation", page -> DataPage.citation(data, page));
        group.putObject("dc:modified").put("@value", data.asOf().toString()).put("@type", "xsd:dateTime");
        group.put("schema:version", TableCatalog.VERSION);
        link(group, "dc:isPartOf", data.base() + "/k/" + campaign.slug());
        link(group, "dc:source", data.base() + "/k/" + campaign.slug() + "/campaign.json");
        var dialect = group.putObject("dialect").put("encoding", "utf-8").put("header", true);
        dialect.putArray("lineTerminators").add("\r\n");
        var tables = group.putArray("tables");
        for (var table : TableCatalog.ALL) write(table, tables.addObject());
        return group.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(Table<?> table, ObjectNode to) {
        to.put("url", table.name() + ".csv");
        both(to, "dc:title", page -> page.t("data.table." + table.name()));
        both(to, "dc:description", page -> page.t("data.about." + table.name()));
        link(to, "dc:hasFormat", data.base() + "/k/" + data.campaign().slug() + "/data/" + table.name() + ".jsonl");
        var schema = to.putObject("tableSchema");
        var columns = schema.putArray("columns");
        for (var column : table.columns()) write(column, columns.addObject());
        var key =
                table.columns().stream().filter(Column::isKey).map(Column::name).toList();
        if (!key.isEmpty()) key.forEach(schema.putArray("primaryKey")::add);
        foreignKeys(table, schema);
    }

    private void write(Column<?> column, ObjectNode to) {
        to.put("name", column.name()).put("titles", column.name());
        both(to, "dc:description", page -> DataPage.meaning(column, page));
        if (!column.language().isEmpty()) to.put("lang", column.language());
        if (column.type() == ColumnType.DAY_OR_MONTH) {
            to.putObject("datatype").put("base", column.type().xsd()).put("format", ColumnType.DAY_OR_MONTH_FORMAT);
        } else {
            to.put("datatype", column.type().xsd());
        }
        if (column.type().isList()) to.put("separator", ColumnType.BETWEEN);
        if (column.isKey()) to.put("required", true);
    }

    private static void foreignKeys(Table<?> table, ObjectNode schema) {
        var naming = table.columns().stream()
                .filter(column -> column.references() != null)
                .toList();
        if (naming.isEmpty()) return;
        var keys = schema.putArray("foreignKeys");
        for (var column : naming) {
            var key = keys.addObject().put("columnReference", column.name());
            key.putObject("reference")
                    .put("resource", column.references() + ".csv")
                    .put("columnReference", "id");
        }
    }

    private void both(ObjectNode to, String property, Function<PageContext, String> say) {
        both(to.putArray(property), new LocalizedText(say.apply(english), say.apply(spanish)));
    }

    private static void both(ArrayNode to, LocalizedText text) {
        for (var language : List.of("en", "es")) {
            to.addObject().put("@value", text.in(language)).put("@language", language);
        }
    }

    private static void link(ObjectNode to, String property, String address) {
        to.putObject(property).put("@id", address);
    }
}
