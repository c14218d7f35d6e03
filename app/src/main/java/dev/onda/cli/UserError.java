package dev.onda.cli;

import java.util.function.Supplier;

/**
 * Something the user can mend: shown as one line without a stack trace, exit status 2. The message says what was expected,
 * what was found, where, and what to do.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What the supplier gives, when it is made from what the user typed.
     *
     * <p>An {@link IllegalArgumentException} counts as a defect everywhere else; here it is the user's.
     *
     * @throws UserError with the message of the {@link IllegalArgumentException} that the supplier throws
     */
    public static <T> T ifRefused(Supplier<T> fromInput) {
        try {
            return fromInput.get();
        } catch (IllegalArgumentException e) {
            throw new UserError(Complaint.of(e), e);
        }
    }
}
