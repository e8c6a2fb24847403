package dev.breakwater.acceptance.images;

import java.util.Map;
import java.util.TreeMap;

/** A layer of a file system: the tar archive and the same compressed by gzip, as it is pushed. */
public record Layer(byte[] tar, byte[] compressed) {

    /** A layer with these files, given as path and text. */
    public static Layer of(Map<String, String> files) {
        Map<String, byte[]> contents = new TreeMap<>();
        files.forEach((path, text) -> contents.put(path, Content.text(text)));
        return ofBytes(contents);
    }

    /** A layer with one file of this many bytes, which do not compress; equal seeds give equal layers. */
    public static Layer noise(String path, int size, long seed) {
        return ofBytes(Map.of(path, Content.noise(size, seed)));
    }

    private static Layer ofBytes(Map<String, byte[]> files) {
        byte[] tar = Content.tar(files);
        return new Layer(tar, Content.gzip(tar));
    }

    /** The digest of the tar archive, by which the image's configuration names the layer. */
    public String diffId() {
        return Content.sha256(tar);
    }
}
