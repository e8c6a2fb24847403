package dev.breakwater.tenancy;

/**
 * A password that is ready to be set. It is made by {@link Users#password} before a transaction begins, because to
 * hash one takes long, and no connection should wait for it.
 *
 * @param hash what is stored of it
 * @param wellKnown whether it is the one that every fresh installation has
 */
public record NewPassword(String hash, boolean wellKnown) {
    @Override
    public String toString() {
        return "NewPassword[]";
    }
}
