package org.undersigned.server.count;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Manifest;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.count.box.BoxHandler;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.box.GatewayHandler;
import org.undersigned.server.count.box.Publisher;
import org.undersigned.server.count.lifecycle.BoxCloser;
import org.undersigned.server.count.lifecycle.BoxOpener;
import org.undersigned.server.count.lifecycle.BoxProvisioner;
import org.undersigned.server.count.register.GatewayKeys;
import org.undersigned.server.count.register.NamedRelay;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.count.register.RegisterHandler;
import org.undersigned.server.count.roll.Cards;
import org.undersigned.server.count.roll.CodeMail;
import org.undersigned.server.count.roll.Codes;
import org.undersigned.server.count.roll.Issuers;
import org.undersigned.server.count.roll.Roll;
import org.undersigned.server.count.roll.RollHandler;
import org.undersigned.server.count.witness.CosignatureCollector;
import org.undersigned.server.count.witness.InstanceWitness;
import org.undersigned.server.count.witness.WitnessHandler;
import org.undersigned.server.count.witness.WitnessPeers;
import org.undersigned.server.platform.PlatformModule;
import org.undersigned.server.platform.Resources;
import org.undersigned.server.platform.db.ChangeNotifier;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.mail.MailQueue;
import org.undersigned.tlog.CosignatureVerifier;

/// Builds and connects the parts of the count: roll, boxes, register and witnesses (docs/PROTOCOL.md).
public final class CountModule {
    private final PlatformModule platform;
    private final Register register;
    private final WitnessPeers peers;
    private final @Nullable NamedRelay relay;
    private final InstanceWitness witness;
    private final Cards cards;
    private final Roll roll;
    private final Boxes boxes;
    private final GatewayKeys gatewayKeys;
    private final Publisher publisher;
    private final BoxProvisioner provisioner;
    private final BoxCloser closer;

    /// The settings of the count.
    ///
    /// @param host    the instance's name in its record
    /// @param name    the host that the mails with codes name
    /// @param batches the rule by which boxes publish their entries
    /// @param relay   through which clients cast, or null
    public record Settings(
            String host,
            String name,
            WitnessPeers peers,
            Manifest.Publish batches,
            @Nullable NamedRelay relay) {}

    public CountModule(PlatformModule platform, Settings settings, CampaignStore campaigns, MailQueue mails) {
        this.platform = platform;
        this.peers = settings.peers();
        this.relay = settings.relay();
        var random = platform.random();
        var clock = platform.clock();
        var masterKey = platform.masterKey();
        register = Register.open(platform.as(DatabaseRole.REGISTER), settings.host(), masterKey, random);
        witness = InstanceWitness.open(
                platform.as(DatabaseRole.REGISTER), settings.host(), peers.logs(), masterKey, random, clock);
        var issuers = new Issuers(platform.as(DatabaseRole.ROLL), masterKey, platform.crypto());
        var codeMail = new CodeMail(settings.name());
        var codes = new Codes(masterKey, random, clock);
        cards = new Cards(platform.as(DatabaseRole.ROLL), register, masterKey, random, clock);
        roll = new Roll(
                platform.as(DatabaseRole.ROLL),
                register,
                issuers,
                cards,
                masterKey,
                codes,
                mails,
                codeMail,
                random,
                clock);
        boxes = new Boxes(platform.as(DatabaseRole.BOX), register.key(), register::keysOf, platform.crypto(), clock);
        publisher = new Publisher(
                platform.as(DatabaseRole.BOX),
                register,
                clock,
                () -> platform.database().vacuum("box.leaf"));
        register.nameWitnesses(peers.policy(), clock.instant());
        gatewayKeys = new GatewayKeys(register, relay, masterKey, random, clock);
        gatewayKeys.renew();
        var opener = new BoxOpener(register, issuers::generate, boxes, roll::latestClosing, random, clock);
        provisioner = new BoxProvisioner(campaigns, roll::enrol, roll::rollOf, opener, settings.batches(), clock);
        closer = new BoxCloser(publisher, register, roll, issuers::destroy);
        opener.resume();
        cards.cancelEnded();
        roll.deleteExpired(); // a year may have ended while nothing ran
        provisioner.provision();
        publisher.publishWaiting(); // every box has its first checkpoint before the first page is requested
    }

    /// Starts to request a cosignature from each witness for each new checkpoint of the register. Does nothing if
    /// there are no witnesses.
    public void collectCosignatures(Resources resources, ChangeNotifier changes) {
        if (peers.witnesses().isEmpty()) return;
        var cosignatures = resources.keep(CosignatureCollector.start(register, peers.witnesses()));
        changes.onChange(cosignatures::change);
    }

    /// Removes the order of the draws, the keys of closed boxes and the text of deleted statements from the tables'
    /// files, and then all of it from the write-ahead log.
    public void eraseTraces() {
        if (roll.takeDrawn()) platform.database().rewriteInOrder("tag", "roll.issued", "roll.book", "roll.card");
        else platform.database().rewriteIfDead("roll.issued"); // of boxes that closed
        platform.database().rewriteIfDead("roll.book"); // of a roll-year that ended
        platform.database().rewriteIfDead("roll.card");
        platform.database().rewriteIfDead("roll.roll");
        platform.database().rewriteIfDead("roll.issuer_key");
        platform.database().rewriteIfDead("register.gateway_key");
        platform.database().rewriteIfDead("box.statement");
        platform.database().removeLog();
    }

    /// Keys of the witnesses that cosign the register.
    public List<CosignatureVerifier> witnessKeys() {
        return peers.witnesses().stream().map(WitnessPeers.Peer::key).toList();
    }

    public Register register() {
        return register;
    }

    public Roll roll() {
        return roll;
    }

    public Cards cards() {
        return cards;
    }

    public Boxes boxes() {
        return boxes;
    }

    /// The relay through which clients cast; null if there is none.
    public @Nullable NamedRelay relay() {
        return relay;
    }

    public GatewayKeys gatewayKeys() {
        return gatewayKeys;
    }

    public Publisher publisher() {
        return publisher;
    }

    public BoxProvisioner provisioner() {
        return provisioner;
    }

    public BoxCloser closer() {
        return closer;
    }

    public RollHandler rollHandler() {
        return new RollHandler(roll);
    }

    public BoxHandler boxHandler(CachedResponses responses) {
        return new BoxHandler(boxes, responses);
    }

    public GatewayHandler gatewayHandler() {
        return new GatewayHandler(gatewayKeys, boxes, register.key().host(), platform.crypto(), platform.random());
    }

    public RegisterHandler registerHandler(CachedResponses responses) {
        return new RegisterHandler(register, witness.key(), responses);
    }

    public WitnessHandler witnessHandler() {
        return new WitnessHandler(witness);
    }
}
