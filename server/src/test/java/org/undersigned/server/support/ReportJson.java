package org.undersigned.server.support;

import java.util.ArrayList;
import java.util.List;
import org.undersigned.record.recount.Check;
import tools.jackson.databind.JsonNode;

/// Reads a recount's report as JSON, as the command line prints it and the browser saves it.
public final class ReportJson {
    private ReportJson() {}

    public static List<Check> checks(JsonNode report) {
        var checks = new ArrayList<Check>();
        for (var one : report.get("checks")) {
            checks.add(new Check(
                    one.get("name").stringValue(),
                    one.get("ok").booleanValue(),
                    one.get("detail").stringValue()));
        }
        return checks;
    }
}
