package dev.breakwater.registry.content;

/** The codes by which clients of the distribution API tell failures apart (registry.md 2.1). */
public final class ErrorCode {

    public static final String BLOB_UNKNOWN = "BLOB_UNKNOWN";
    public static final String BLOB_UPLOAD_UNKNOWN = "BLOB_UPLOAD_UNKNOWN";
    public static final String BLOB_UPLOAD_INVALID = "BLOB_UPLOAD_INVALID";
    public static final String DIGEST_INVALID = "DIGEST_INVALID";
    public static final String MANIFEST_BLOB_UNKNOWN = "MANIFEST_BLOB_UNKNOWN";
    public static final String MANIFEST_INVALID = "MANIFEST_INVALID";
    public static final String MANIFEST_UNKNOWN = "MANIFEST_UNKNOWN";
    public static final String NAME_INVALID = "NAME_INVALID";
    public static final String NAME_UNKNOWN = "NAME_UNKNOWN";
    public static final String SIZE_INVALID = "SIZE_INVALID";
    public static final String TAG_INVALID = "TAG_INVALID";
    public static final String PAGINATION_NUMBER_INVALID = "PAGINATION_NUMBER_INVALID";

    private ErrorCode() {}
}
