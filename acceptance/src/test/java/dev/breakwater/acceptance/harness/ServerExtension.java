package dev.breakwater.acceptance.harness;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts what a test class asks for, at the first test that asks, and ends it after the last. */
final class ServerExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(ServerExtension.class);

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestServer.class || type == Organization.class || type == Receiver.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == TestServer.class) {
            return server(context);
        }
        Store store = context.getStore(NAMESPACE);
        if (type == Receiver.class) {
            return store.computeIfAbsent(Receiver.class, key -> Receiver.start(), Receiver.class);
        }
        return store.computeIfAbsent(Organization.class, key -> server(context).newOrganization(), Organization.class);
    }

    private static TestServer server(ExtensionContext context) {
        Class<?> tests = context.getRequiredTestClass();
        return ofClass(context).computeIfAbsent(TestServer.class, key -> start(tests), TestServer.class);
    }

    private static Store ofClass(ExtensionContext context) {
        ExtensionContext current = context;
        while (current.getTestMethod().isPresent()) {
            current = current.getParent().orElseThrow();
        }
        return current.getStore(NAMESPACE);
    }

    private static TestServer start(Class<?> tests) {
        Map<String, String> settings = new HashMap<>();
        for (String setting : tests.getAnnotation(WithServer.class).settings()) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return TestServer.start(settings);
    }
}
