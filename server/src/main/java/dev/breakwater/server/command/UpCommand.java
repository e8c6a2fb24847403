package dev.breakwater.server.command;

import dev.breakwater.kernel.time.SystemTime;
import dev.breakwater.server.Platform;
import dev.breakwater.server.config.Configuration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the platform and stays until a signal ends it. */
@Command(
        name = "up",
        description = "Start the platform.",
        footer = {
            "",
            "Every setting is also a flag, for example --database.url=jdbc:postgresql://db/breakwater.",
            "docs/configuration.md explains all of them; 'breakwater config' shows what holds."
        })
final class UpCommand implements Callable<Integer> {

    @Mixin
    final SettingOptions settings = new SettingOptions();

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = settings.load();
        Platform platform = Platform.start(configuration, new SystemTime());
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "shutdown"));
        System.out.println(Banner.of(configuration, platform));
        new CountDownLatch(1).await();
        return 0;
    }
}
