package org.undersigned.server.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// Sends by SMTP (RFC 5321), with STARTTLS required unless the server is on this machine.
public final class SmtpPostbox implements Postbox {
    private static final String TIMEOUT_MS = "10000";

    private final Settings settings;
    private final Session session;

    /// @param user empty: no authentication
    public record Settings(String host, int port, String user, String password, String from, boolean startTls) {
        @Override
        public String toString() {
            return "Settings(" + host + ":" + port + ")";
        }
    }

    public SmtpPostbox(Settings settings) {
        this.settings = settings;
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(settings.startTls()));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(settings.startTls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MS);
        properties.setProperty("mail.mime.allowutf8", "true");
        session = Session.getInstance(properties);
    }

    @Override
    public void send(MailAddress to, String subject, String text) throws NotSent {
        try (var transport = session.getTransport("smtp")) {
            var message = new MimeMessage(session);
            message.setFrom(new InternetAddress(settings.from()));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(to.wire(), false));
            message.setSubject(subject, StandardCharsets.UTF_8.name());
            message.setText(text, StandardCharsets.UTF_8.name());
            message.setHeader("Auto-Submitted", "auto-generated");
            if (settings.user().isEmpty()) {
                transport.connect();
            } else {
                transport.connect(settings.user(), settings.password());
            }
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw new NotSent(e.getClass().getSimpleName()); // its message would hold the address
        }
    }
}
