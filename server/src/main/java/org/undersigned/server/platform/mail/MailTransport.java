package org.undersigned.server.platform.mail;

/// Sends mails. Stores and logs nothing of a mail, whether sending works or not.
public interface MailTransport extends AutoCloseable {
    /// Blocks until the next mail server has accepted the mail.
    ///
    /// @throws NotSent if no server accepted it; the message holds neither address nor text
    void send(EmailAddress to, String subject, String text) throws NotSent;

    /// Closes open connections.
    @Override
    default void close() {}

    /// The mail was not sent; the message is the reason.
    final class NotSent extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean permanent;

        /// @param permanent true if the mail server would refuse the mail again (RFC 5321 §4.2.1: a 5yz reply)
        public NotSent(String why, boolean permanent) {
            super(why);
            this.permanent = permanent;
        }

        public boolean isPermanent() {
            return permanent;
        }
    }
}
