package dev.onda.studio;

import io.javalin.http.HttpStatus;

/** A request that is not done: its status, and one line for the client that says nothing of this machine. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final HttpStatus status;

    Refusal(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }

    /** What was sent is no good. */
    static Refusal bad(String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, message);
    }

    /** What was named is not there. */
    static Refusal missing(String message) {
        return new Refusal(HttpStatus.NOT_FOUND, message);
    }

    /** Not now. */
    static Refusal conflict(String message) {
        return new Refusal(HttpStatus.CONFLICT, message);
    }
}
