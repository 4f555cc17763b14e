package org.undersigned.server.platform.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;

/// Sends mails by SMTP (RFC 5321), with STARTTLS required unless the server is on this machine.
public final class SmtpTransport implements MailTransport {
    private static final Logger LOG = System.getLogger(SmtpTransport.class.getName());
    private static final String TIMEOUT_MS = "10000";

    private final Settings settings;
    private final Session session;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /// @param user user name; empty for no authentication
    public record Settings(String host, int port, String user, String password, String from, boolean startTls) {
        @Override
        public String toString() {
            return "Settings(" + host + ":" + port + ")";
        }
    }

    public SmtpTransport(Settings settings) {
        this(settings, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /// @param tls decides which certificates are trusted; this class also checks that a certificate belongs to the
    ///     host
    SmtpTransport(Settings settings, SSLSocketFactory tls) {
        this.settings = settings;
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(settings.startTls()));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(settings.startTls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", tls);
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MS);
        properties.setProperty("mail.mime.allowutf8", "true");
        session = Session.getInstance(properties);
    }

    /// A connection to the mail server that sends several mails, one after another: its TLS handshake and login
    /// cost more than a mail.
    private static final class Connection {
        private static final int MOST = 50; // mails; some servers close the connection after a hundred

        private final Transport transport;
        private int sent;

        private Connection(Transport transport) {
            this.transport = transport;
        }

        private void send(Message message) throws MessagingException {
            sent++;
            transport.sendMessage(message, message.getAllRecipients());
        }

        /// Checks the connection with NOOP, because the server may have closed it meanwhile.
        private boolean isOpen() {
            return transport.isConnected();
        }

        private boolean isUsedUp() {
            return sent >= MOST;
        }

        private void close() {
            try {
                transport.close();
            } catch (MessagingException e) {
                LOG.log(Level.DEBUG, "the mail server had already closed the connection");
            }
        }
    }

    @Override
    public void send(EmailAddress to, String subject, String text) throws NotSent {
        try {
            var message = message(to, subject, text);
            var line = line();
            var isUsable = false;
            try {
                line.send(message);
                isUsable = true;
            } catch (SendFailedException e) {
                isUsable = refusalOfRecipient(e) != 0; // this does not end the connection
                throw e;
            } finally {
                if (isUsable) keep(line);
                else line.close();
            }
        } catch (MessagingException e) {
            var reply = refusalOfRecipient(e);
            var why = e.getClass().getSimpleName()
                    + (reply == 0 ? "" : ", reply " + reply); // its text may hold the address
            throw new NotSent(why, reply >= 500);
        }
    }

    private void keep(Connection line) {
        if (line.isUsedUp()) line.close();
        else idle.add(line);
        if (closed) close();
    }

    /// Returns the mail server's reply code (RFC 5321 §4.2) if it refused the recipient; 0 if anything else
    /// failed, such as the sender's right to send, which is not the recipient's fault.
    private static int refusalOfRecipient(MessagingException e) {
        for (Exception cause = e; cause instanceof MessagingException one; cause = one.getNextException()) {
            if (cause instanceof SMTPAddressFailedException refused) return refused.getReturnCode();
        }
        return 0;
    }

    private Message message(EmailAddress to, String subject, String text) throws MessagingException {
        var message = new MimeMessage(session);
        message.setFrom(new InternetAddress(settings.from()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to.wire(), false));
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setText(text, StandardCharsets.UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        return message;
    }

    private Connection line() throws MessagingException {
        var waiting = idle.poll();
        if (waiting != null) {
            if (waiting.isOpen()) return waiting;
            waiting.close();
            closeIdle(); // a server that closed one mostly closed all; checking each may take long
        }
        var transport = session.getTransport("smtp");
        if (settings.user().isEmpty()) {
            transport.connect();
        } else {
            transport.connect(settings.user(), settings.password());
        }
        return new Connection(transport);
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (var line = idle.poll(); line != null; line = idle.poll()) line.close();
    }
}
