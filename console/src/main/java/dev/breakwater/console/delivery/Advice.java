package dev.breakwater.console.delivery;

import dev.breakwater.events.DeliveryLog;
import org.jspecify.annotations.Nullable;

/** What to do about an attempt that failed. */
final class Advice {

    private Advice() {}

    static String of(DeliveryLog.Attempt attempt) {
        @Nullable String code = attempt.errorCode();
        return switch (code == null ? "" : code) {
            case "" -> "";
            case "http_status" ->
                "The endpoint answered with another status than 2xx. Look at its answer below and at its log.";
            case "webhook_signature_invalid" ->
                "The endpoint did not accept the signature. Check that it verifies the raw body with this webhook's"
                        + " secret.";
            case "timeout" -> "No answer came in time. Let the endpoint answer first and do its work afterwards.";
            case "connection_failed" -> "No connection came about. Check that the endpoint runs and can be reached.";
            case "tls_failed" -> "The certificate of the endpoint is not trusted or does not fit its name.";
            case "dns_failed" -> "The host name has no address. Check how it is spelled.";
            case "address_blocked" ->
                "The host has an address in a private network. An operator can allow it:"
                        + " events.deliveries.allowed-networks.";
            default -> "The attempt failed.";
        };
    }
}
