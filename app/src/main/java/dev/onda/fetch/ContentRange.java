package dev.onda.fetch;

import java.net.http.HttpHeaders;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file an answer holds (RFC 9110, section 14.4).
 *
 * @param first offset of the first byte, unless the answer holds none
 * @param total bytes of the whole file, if the server knows
 */
record ContentRange(OptionalLong first, OptionalLong total) {
    private static final Pattern HEADER =
            Pattern.compile("bytes (?:(?<first>\\d{1,18})-\\d{1,18}|\\*)/(?:(?<total>\\d{1,18})|\\*)");

    /** From the answer's Content-Range; a missing or senseless one holds nothing. */
    static ContentRange of(HttpHeaders headers) {
        Matcher match = HEADER.matcher(headers.firstValue("Content-Range").orElse(""));
        return match.matches()
                ? new ContentRange(number(match, "first"), number(match, "total"))
                : new ContentRange(OptionalLong.empty(), OptionalLong.empty());
    }

    private static OptionalLong number(Matcher match, String group) {
        String digits = match.group(group);
        return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }
}
