package org.undersigned.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Instance;
import org.undersigned.record.WitnessPolicy;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogPolicy;
import org.undersigned.tlog.LogView;
import org.undersigned.tlog.Tree;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a reader knows of one instance from earlier readings: its key, its witnesses, and how long its register was.
/// The first use pins the key and the witnesses; from then on the instance cannot show this reader another history.
final class SeenInstance {
    private final @Nullable String vkey;
    private final WitnessPolicy policy;
    private final Tree register;

    /// A reader who has seen nothing.
    static final SeenInstance NOTHING = new SeenInstance(null, WitnessPolicy.NONE, Tree.EMPTY);

    private SeenInstance(@Nullable String vkey, WitnessPolicy policy, Tree register) {
        this.vkey = vkey;
        this.policy = policy;
        this.register = register;
    }

    /// What a reader knows who has just read `register`.
    static SeenInstance of(Instance instance, RegisterContents register) {
        return new SeenInstance(
                instance.registerKey().vkey(),
                instance.policy(),
                register.checkpoint().tree());
    }

    /// @throws UnverifiedException if the instance has another key than before
    void requireSameKey(Instance instance) throws UnverifiedException {
        var now = instance.registerKey().vkey();
        if (vkey != null && !vkey.equals(now)) {
            throw new UnverifiedException("the register's key is " + now + ", but it was " + vkey + " before");
        }
    }

    /// What a checkpoint of the register must satisfy: the witnesses that the instance names now, and those that it
    /// named before. So an operator cannot leave a witness out for one reader.
    List<LogPolicy> policies(Instance instance) {
        var policies = new ArrayList<LogPolicy>();
        policies.add(instance.policy().of(instance.registerKey()));
        if (vkey != null) policies.add(policy.of(instance.registerKey()));
        return policies;
    }

    /// @throws UnverifiedException if the register does not continue the one that was seen
    void requireContinued(LogView register) throws IOException {
        Continuation.require("the register", this.register, register);
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("register_key", vkey).put("quorum", policy.quorum());
        policy.vkeys().forEach(json.putArray("witnesses")::add);
        return json.put("register_size", register.size())
                .put("register_root", register.root().base64());
    }

    /// @throws IllegalArgumentException if a field is malformed
    static SeenInstance of(JsonNode json) {
        var vkeys = new ArrayList<String>();
        for (JsonNode one : json.path("witnesses")) vkeys.add(one.asString(""));
        return new SeenInstance(
                json.path("register_key").stringValue(),
                WitnessPolicy.parse(vkeys, json.path("quorum").asInt(0)),
                new Tree(
                        json.path("register_size").asLong(0),
                        Hash.ofBase64(json.path("register_root").asString(""))));
    }
}
