package dev.onda.fetch;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, piece by piece, with a limit on the wait for each: the streams that
 * {@link java.net.http.HttpClient} hands out wait for ever.
 */
final class Body implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    private final Duration stall;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;

    private sealed interface Piece {
        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        record End() implements Piece {}

        record Failure(Throwable cause) implements Piece {}
    }

    Body(Flow.Publisher<List<ByteBuffer>> publisher, Duration stall) {
        this.stall = stall;
        publisher.subscribe(this);
    }

    /**
     * The next bytes, or nothing at the end.
     *
     * @throws Broken if the connection broke, or nothing came for too long
     */
    Optional<List<ByteBuffer>> next() throws Broken, InterruptedException {
        Piece piece = pieces.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null) {
            throw new Broken("nothing came for " + stall.toMillis() / 1000.0 + " s");
        }
        return switch (piece) {
            case Piece.Bytes(List<ByteBuffer> buffers) -> {
                request();
                yield Optional.of(buffers);
            }
            case Piece.End() -> Optional.empty();
            case Piece.Failure(Throwable cause) -> throw new Broken(cause);
        };
    }

    private void request() {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.request(1);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(2);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece.Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        pieces.add(new Piece.Failure(cause));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece.End());
    }

    /** Gives up what has not come yet. */
    @Override
    public void close() {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }
}
