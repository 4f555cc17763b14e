package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.undersigned.server.support.Visitor;

/// J2 on a second device: a recovery code, or its picture on the first screen, gives the same book again.
final class RecoveryJourneyTest {
    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    @TempDir
    private Path directory;

    private static Visitor visitor(TestBrowser.Screen screen, String language) {
        return new Visitor(instance, browser.person(screen, language), language);
    }

    /// Opens the page of the signatures and shows the code.
    private static String recoveryCode(Visitor visitor) {
        visitor.open("/mine").click("recovery-show").waitFor("recovery-code");
        return visitor.page.getByTestId("recovery-code").textContent();
    }

    private static Visitor recover(Visitor visitor, String code) {
        return recoverHere(visitor.openSigning().waitFor("email"), code);
    }

    private static Visitor recoverHere(Visitor visitor, String code) {
        visitor.click("have-recovery").waitFor("recovery");
        visitor.page.getByTestId("recovery").fill(code);
        return visitor.click("next");
    }

    /// The blinded message that a draw sent for each key.
    private static Map<String, String> requests(Visitor visitor, int draw) {
        var requests = new TreeMap<String, String>();
        for (var one : TestInstance.json(visitor.posted("/draw").get(draw)).get("requests")) {
            requests.put(one.get("key").stringValue(), one.get("blinded").stringValue());
        }
        return requests;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void whoLosesTheirPhoneFindsAndWithdrawsOnAnotherDevice(String language) throws Exception {
        var spanish = language.equals("es");
        var isPublished = spanish ? "está en el registro público" : "is in the public record";
        var address = instance.freshAddress();
        var phone = visitor(TestBrowser.Screen.PHONE, language);
        phone.openSigning()
                .drawBook(address)
                .sign("now")
                .waitForStatus(spanish ? "espera a otras" : "waits for others");
        instance.crowd(9);
        phone.waitForStatus(isPublished);
        var code = recoveryCode(phone);
        phone.look("mine-recovery-code");
        assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{4} ){6}[0-9A-HJKMNP-TV-Z]{4}");
        var counted = instance.shownCount();

        var other = visitor(TestBrowser.Screen.DESKTOP, language);
        other.openSigning().waitFor("email").click("have-recovery").waitFor("recovery");
        other.look("sign-recovery");
        other.page.getByTestId("recovery").fill(code.toLowerCase(Locale.ROOT));
        other.click("next").waitForStatus(isPublished);
        assertThat(other.posts("")).isZero();

        other.open("/mine").waitFor("withdraw");
        other.click("withdraw").click("when-now").click("withdraw-yes");
        assertThat(other.page.getByTestId("result"))
                .containsText(spanish ? "Su retiro está seguro" : "Your withdrawal is safe");
        instance.crowd(9);
        assertThat(other.page.getByTestId("result"))
                .containsText(spanish ? "La cuenta baja en uno" : "The count is one lower");
        assertThat(instance.shownCount()).isEqualTo(counted + 8);
        assertThat(instance.recount().ok()).isTrue();
        assertNeverSent(code, phone, other);
    }

    /// The old device is gone and has used one token of its book: the new one gets the same book, and signs the rest.
    @Test
    void theSameBookIsDrawnAgainOnAnotherDevice() {
        var address = lanternAddress();
        var phone = visitor(TestBrowser.Screen.PHONE, "en");
        phone.openSigning(ExampleCampaign.LIGHTS).drawBook(address).sign("now").waitForStatus("waits for others");
        var code = recoveryCode(phone);

        var other = visitor(TestBrowser.Screen.DESKTOP, "en");
        other.openSigning(ExampleCampaign.WALK).waitFor("email");
        recoverHere(other, code).waitFor("not-signed-yet");
        other.drawBook(address.toUpperCase(Locale.ROOT)).sign("now").waitForStatus("waits for others");

        assertThat(requests(other, 0)).isEqualTo(requests(phone, 0)).hasSizeGreaterThan(1);
        assertNeverSent(code, phone, other);
    }

    private static String lanternAddress() {
        return instance.freshAddress().replace("tufts.edu", "lantern.example");
    }

    /// Asserts that no request has the code or the secret, in any form.
    private static void assertNeverSent(String code, Visitor... visitors) {
        var symbols = code.replace(" ", "");
        for (var visitor : visitors) {
            var secret = HexFormat.of().parseHex((String) visitor.page.evaluate(SECRET_IN_HEX));
            var forms = List.of(
                    symbols,
                    code,
                    HexFormat.of().formatHex(secret),
                    Base64.getEncoder().withoutPadding().encodeToString(secret),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
            assertThat(secret).hasSize(16);
            assertThat(visitor.sent()).isNotEmpty().allSatisfy(one -> {
                for (var form : forms) assertThat(one).doesNotContainIgnoringCase(form);
            });
            visitor.loadedFromNowhereElse();
        }
    }

    private static final String SECRET_IN_HEX = """
            () => new Promise((resolve, reject) => {
              const opening = indexedDB.open("undersigned");
              opening.onerror = () => reject(opening.error);
              opening.onsuccess = () => {
                const all = opening.result.transaction("books").objectStore("books").getAll();
                all.onsuccess = () => {
                  opening.result.close();
                  resolve([...all.result[0].secret].map((b) => b.toString(16).padStart(2, "0")).join(""));
                };
              };
            })""";

    /// The first device shows the picture of the code; the second reads it with its camera.
    @Test
    void aCodeMovesFromScreenToScreen() throws Exception {
        var laptop = visitor(TestBrowser.Screen.DESKTOP, "en");
        laptop.openSigning().drawBook(instance.freshAddress()).sign("now").waitForStatus("waits for others");
        instance.crowd(9);
        laptop.waitForStatus("is in the public record");
        var code = recoveryCode(laptop);
        var video = film(laptop.page);

        var phone = new Visitor(instance, browser.personWithCamera(TestBrowser.Screen.PHONE, "en", video), "en");
        phone.openSigning().waitFor("email").click("have-recovery").click("scan");

        phone.waitForStatus("is in the public record");
        assertNeverSent(code, laptop, phone);
    }

    /// Films the picture of the code: a video of two frames (YUV4MPEG2), as the other device's camera sees it.
    private Path film(Page page) throws IOException {
        var picture =
                ImageIO.read(new ByteArrayInputStream(page.locator("svg.qr").screenshot()));
        int width = 640;
        int height = 480;
        var luma = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int px = x - (width - picture.getWidth()) / 2;
                int py = y - (height - picture.getHeight()) / 2;
                var isInside = px >= 0 && py >= 0 && px < picture.getWidth() && py < picture.getHeight();
                luma[y * width + x] = (byte) (isInside ? picture.getRGB(px, py) & 0xff : 128); // grey around it
            }
        }
        var chroma = new byte[width * height / 2];
        java.util.Arrays.fill(chroma, (byte) 128);
        var file = directory.resolve("screen.y4m");
        try (var out = Files.newOutputStream(file)) {
            out.write("YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n".getBytes(StandardCharsets.US_ASCII));
            for (int frame = 0; frame < 2; frame++) {
                out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                out.write(luma);
                out.write(chroma);
            }
        }
        return file;
    }

    @Test
    void twoDevicesWithOneBookSignOnce() throws Exception {
        var address = instance.freshAddress();
        var phone = visitor(TestBrowser.Screen.PHONE, "en");
        phone.openSigning().drawBook(address);
        var laptop = visitor(TestBrowser.Screen.DESKTOP, "en");
        recover(laptop, recoveryCode(phone)).waitFor("not-signed-yet");
        laptop.look("sign-recovered-book");
        laptop.drawBook(address);

        phone.openSigning()
                .click("book-mine")
                .waitFor("reveal-nothing")
                .sign("now")
                .waitForStatus("waits for others");
        laptop.click("reveal-affiliation"); // else both would send the same bytes
        laptop.sign("now").waitForStatus("Signed with this book on another device");
        laptop.look("sign-elsewhere");
        instance.crowd(9);
        phone.waitForStatus("is in the public record");

        laptop.openSigning().waitForStatus("is in the public record");
        laptop.open("/mine").waitFor("withdraw");
        assertThat(instance.recount().ok()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void aSlipOfThePenIsNoticedAndNothingTypedIsLost(String language) {
        var visitor = visitor(TestBrowser.Screen.PHONE, language);
        var wrong = "000G 40R4 0M30 E209 185G R38E 1Z5M";

        recover(visitor, wrong);

        assertThat(visitor.page.getByRole(AriaRole.ALERT))
                .containsText(language.equals("es") ? "no es correcta" : "is wrong");
        assertThat(visitor.page.getByTestId("recovery")).hasValue(wrong);
        visitor.look("sign-recovery-wrong");
        recover(visitor, "000G 40R4");
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("28");
        assertThat(visitor.posts("")).isZero();
    }

    /// Whoever finds the paper has the code and no access to the mail.
    @Test
    void theCodeAloneSignsNothing() {
        var phone = visitor(TestBrowser.Screen.PHONE, "en");
        phone.openSigning().drawBook(instance.freshAddress());
        var code = recoveryCode(phone);

        var finder = visitor(TestBrowser.Screen.PHONE, "en");
        recover(finder, code).waitFor("not-signed-yet");
        finder.typeAddress(instance.freshAddress()).typeCode("00000000");
        assertThat(finder.page.getByRole(AriaRole.ALERT)).containsText("That code is wrong");
    }

    /// Another member finds the paper, and signs with it at the price of a book of their own: that counts once.
    @Test
    void aMemberWithAnothersCodeUsesUpBothBooksForOneSignature() {
        var phone = visitor(TestBrowser.Screen.PHONE, "en");
        phone.openSigning().drawBook(instance.freshAddress());
        var finder = visitor(TestBrowser.Screen.PHONE, "en");
        recover(finder, recoveryCode(phone)).waitFor("not-signed-yet");
        var address = instance.freshAddress();
        finder.drawBook(address).sign("now").waitForStatus("waits for others");

        phone.openSigning().click("book-mine").waitFor("reveal-nothing").click("reveal-affiliation");
        phone.sign("now").waitForStatus("Signed with this book on another device");

        var third = visitor(TestBrowser.Screen.PHONE, "en");
        third.openSigning().typeAddress(address).typeCode(instance.code(address));
        assertThat(third.page.getByRole(AriaRole.ALERT)).containsText("already drew its book");
    }

    /// A refused draw with somebody's book must not tie that book to the person who typed another address.
    @Test
    void whoDrawsWithAnothersBookByMistakeIsToldAndGetsTheirOwn() throws Exception {
        var address = lanternAddress();
        var device = visitor(TestBrowser.Screen.PHONE, "en");
        device.openSigning(ExampleCampaign.LIGHTS).drawBook(address);
        var later = Files.writeString(directory.resolve("mistake.json"), ExampleCampaign.document("mistake"));
        instance.importCampaign(later, "/p/mistake-lantern-lights");

        var other = lanternAddress();
        device.openSigning("/p/mistake-lantern-lights").click("book-mine");
        device.typeAddress(other).typeCode(instance.code(other));
        assertThat(device.page.getByRole(AriaRole.ALERT)).containsText("That book was drawn with another address");
        device.openSigning("/p/mistake-lantern-lights").click("not-mine").drawBook(other);
        device.open("/mine").waitFor("recovery-card");
        assertThat(device.page.getByTestId("recovery-card")).hasCount(2);
        device.openSigning("/p/mistake-lantern-lights").waitFor("book-mine");
        device.page.getByTestId("book-mine").first().click();
        device.drawBook(address).sign("now").waitForStatus("waits for others");
    }

    /// The device forgot what it signed; the paper code gives the book again, also for what opened meanwhile.
    @Test
    void aSavedCodeWorksOnTheDeviceThatForgot() throws Exception {
        var address = lanternAddress();
        var device = visitor(TestBrowser.Screen.PHONE, "en");
        device.openSigning(ExampleCampaign.LIGHTS).drawBook(address).sign("now").waitForStatus("waits for others");
        var code = recoveryCode(device);
        device.open("/mine").click("forget-signed").click("forget-signed-yes").waitFor("forgotten");
        var later = Files.writeString(directory.resolve("forgot.json"), ExampleCampaign.document("forgot"));
        instance.importCampaign(later, "/p/forgot-lantern-lights");

        device.openSigning(ExampleCampaign.LIGHTS).click("book-mine").waitFor("spent");
        recoverHere(device, code).waitFor("not-signed-yet");
        device.drawBook(address);

        var other = visitor(TestBrowser.Screen.DESKTOP, "en");
        other.openSigning("/p/forgot-lantern-lights").waitFor("email");
        recoverHere(other, code).waitFor("not-signed-yet");
        other.drawBook(address).sign("now").waitForStatus("waits for others");
    }

    /// After one device has withdrawn, the other says so; who looks for a recovered signature asks for all
    /// leaves, and a connection that is lost meanwhile is no failed proof.
    @Test
    void whatOneDeviceWithdrawsTheOtherNotices() throws Exception {
        var phone = visitor(TestBrowser.Screen.PHONE, "en");
        phone.openSigning().drawBook(instance.freshAddress()).sign("now").waitForStatus("waits for others");
        instance.crowd(9);
        phone.waitForStatus("is in the public record");
        var laptop = visitor(TestBrowser.Screen.DESKTOP, "en");
        laptop.page.route("**/log/box/**/entries/**", Route::abort);
        recover(laptop, recoveryCode(phone));
        assertThat(laptop.page.getByRole(AriaRole.ALERT)).containsText("No answer from the server");
        laptop.page.unroute("**/log/box/**/entries/**");
        laptop.page
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again"))
                .click();
        laptop.waitForStatus("is in the public record");
        assertThat(laptop.sent()).noneMatch(one -> one.contains("/tile/0/"));
        laptop.open("/mine").click("withdraw").click("when-now").click("withdraw-yes");
        assertThat(laptop.page.getByTestId("result")).containsText("Your withdrawal is safe");
        instance.crowd(9);
        assertThat(laptop.page.getByTestId("result")).containsText("The count is one lower");

        phone.open("/mine").click("check");
        assertThat(phone.page.getByTestId("result")).containsText("The withdrawal is number");
        assertThat(phone.page.getByTestId("status")).containsText("Withdrawn");
    }

    /// Somebody types an address of their own with another's recovery code: the server sees nothing in common.
    @Test
    void twoAddressesWithOneCodeShareNothing() {
        var phone = visitor(TestBrowser.Screen.PHONE, "en");
        phone.openSigning().drawBook(instance.freshAddress());
        var other = visitor(TestBrowser.Screen.PHONE, "en");
        recover(other, recoveryCode(phone)).waitFor("not-signed-yet");

        other.drawBook(instance.freshAddress());

        assertThat(requests(other, 0).keySet()).isEqualTo(requests(phone, 0).keySet());
        assertThat(requests(other, 0).values())
                .doesNotContainAnyElementsOf(requests(phone, 0).values());
    }

    /// What a browser drew, the command line recovers, and the other way round.
    @Test
    void browserAndCommandLineShareABook() throws Exception {
        var phone = visitor(TestBrowser.Screen.PHONE, "en");
        phone.openSigning().drawBook(instance.freshAddress()).sign("now").waitForStatus("waits for others");
        instance.crowd(9);
        phone.waitForStatus("is in the public record");
        var wallet = directory.resolve("wallet.json").toString();

        var found = commandLine(recoveryCode(phone), "sign", url(TestInstance.TUFTS), "--recover", "--wallet", wallet);
        assertThat(found).contains("has signed " + TestInstance.TUFTS + " already, on another device: leaf");
        var counted = instance.shownCount();
        assertThat(commandLine("", "withdraw", url(TestInstance.TUFTS), "--wallet", wallet))
                .containsPattern("withdrew leaf [0-9]+ of " + TestInstance.TUFTS);

        instance.crowd(9);
        assertThat(instance.published((int) counted + 8)).isEqualTo(counted + 8);
        var laptop = visitor(TestBrowser.Screen.DESKTOP, "en");
        recover(laptop, commandLine("", "recovery-code", "--wallet", wallet).strip());
        laptop.waitForStatus("You withdrew your signature");
    }

    @Test
    void theCommandLineDrawsTheBrowsersBook() throws Exception {
        var address = lanternAddress();
        var phone = visitor(TestBrowser.Screen.PHONE, "en");
        phone.openSigning(ExampleCampaign.LIGHTS).drawBook(address);
        var wallet = directory.resolve("other.json").toString();

        var signed = commandLine(
                recoveryCode(phone),
                "sign",
                url(ExampleCampaign.WALK),
                "--recover",
                "--wallet",
                wallet,
                "--address",
                address,
                "--code",
                instance.code(address));

        assertThat(signed).containsPattern("drew [0-9]+ tokens\n").contains("signed " + ExampleCampaign.WALK);
    }

    private static String url(String path) {
        return instance.url(path).toString();
    }

    /// Runs the command line while a person types `line`.
    private static String commandLine(String line, String... arguments) {
        var before = System.in;
        var out = new StringWriter();
        var err = new StringWriter();
        System.setIn(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            var status = org.undersigned.cli.Main.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(arguments);
            assertThat(status).as(err.toString()).isZero();
            return out.toString();
        } finally {
            System.setIn(before);
        }
    }
}
