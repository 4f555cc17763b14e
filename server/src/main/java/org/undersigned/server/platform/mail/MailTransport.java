package org.undersigned.server.platform.mail;

/// Takes a mail to be sent. Nothing of it is stored or logged, whether sending works or not.
public interface MailTransport extends AutoCloseable {
    /// Blocks until the next server took the mail.
    ///
    /// @throws NotSent it could not be handed over; its message holds neither address nor text
    void send(EmailAddress to, String subject, String text) throws NotSent;

    /// Lets go of what it holds open.
    @Override
    default void close() {}

    /// Why a mail did not leave.
    final class NotSent extends Exception {
        private static final long serialVersionUID = 1;

        public NotSent(String why) {
            super(why);
        }
    }
}
