import com.sun.net.httpserver.HttpServer;
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.*;
import java.util.concurrent.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A seller's production interface on the JDK alone, written from the access guide alone, as sellers write theirs.
 * {@code ACCESS_KEY=… java Server.java [--broken NAME]} prints its port.
 */
public class Server {
    static final String KEY = System.getenv("ACCESS_KEY");
    static String broken = "";

    record Instance(String orderId, boolean frozen, boolean released, String until) {}

    static final Map<String, Instance> instances = new ConcurrentHashMap<>();
    static final Map<String, String> lines = new ConcurrentHashMap<>();
    static final Map<String, Long> nonces = new ConcurrentHashMap<>();
    static final Set<String> SCENES = Set.of("TRIAL_TO_FORMAL", "RENEWAL", "UNSUBSCRIBE_RENEWAL_PERIOD", "RENEWAL_CHANGE");

    static class Refused extends RuntimeException {
        final String code;

        Refused(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    public static void main(String[] args) throws IOException {
        if (args.length == 2) broken = args[1];
        var executor = Executors.newCachedThreadPool();
        if (broken.equals("jdk-headers")) {
            serveWithJdk(executor);
            return;
        }
        // Not com.sun.net.httpserver, which writes the names of headers its own way: Body-sign.
        var socket = new ServerSocket(0, 512, InetAddress.getByName("127.0.0.1"));
        System.out.println(socket.getLocalPort());
        while (true) {
            var connection = socket.accept();
            executor.execute(() -> serve(connection));
        }
    }

    static void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = new BufferedInputStream(connection.getInputStream());
            var out = connection.getOutputStream();
            for (var first = line(in); !first.isEmpty(); first = line(in)) {
                int length = 0;
                for (var header = line(in); !header.isEmpty(); header = line(in)) {
                    var parts = header.split(":", 2);
                    if (parts[0].equalsIgnoreCase("Content-Length")) length = Integer.parseInt(parts[1].trim());
                }
                var body = answer(URI.create(first.split(" ")[1]), in.readNBytes(length));
                var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\nContent-Length: " + body.length
                    + "\r\nBody-Sign: " + bodySign(body) + "\r\n\r\n";
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
            }
        } catch (Exception error) {
            // As where nobody caught it: the connection ends.
            if (!(error instanceof SocketException)) error.printStackTrace();
        }
    }

    static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != -1 && c != '\n'; c = in.read()) if (c != '\r') text.append((char) c);
        return text.toString();
    }

    static void serveWithJdk(Executor executor) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 512);
        server.setExecutor(executor);
        server.createContext("/", exchange -> {
            var body = answer(exchange.getRequestURI(), exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/json;charset=utf-8");
            exchange.getResponseHeaders().set("Body-Sign", bodySign(body));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    static byte[] answer(URI address, byte[] sent) {
        Map<String, Object> result = new LinkedHashMap<>();
        try {
            if (!(new Json(new String(sent, StandardCharsets.UTF_8)).whole() instanceof Map<?, ?> body))
                throw new Refused("000002", "the body is no JSON object");
            @SuppressWarnings("unchecked")
            var call = (Map<String, Object>) body;
            authenticate(queryOf(address), call);
            result.put("resultCode", "000000");
            result.put("resultMsg", "success");
            run(call, result);
        } catch (Refused refused) {
            result.clear();
            result.put("resultCode", refused.code);
            result.put("resultMsg", refused.getMessage());
        }
        return Json.text(result, true).getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, String> queryOf(URI address) {
        var query = new HashMap<String, String>();
        var raw = address.getRawQuery();
        for (var pair : (raw == null ? "" : raw).split("&")) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    static void authenticate(Map<String, String> query, Map<String, Object> call) {
        var timestamp = query.getOrDefault("timestamp", "");
        var nonce = query.getOrDefault("nonce", "");
        var signature = query.getOrDefault("signature", "");
        if (!timestamp.matches("\\d{1,18}") || nonce.isEmpty()) throw new Refused("000002", "timestamp or nonce is missing");
        // What a HashMap gives is in no order, though it often looks like one.
        Map<String, Object> sorted = broken.equals("hash-order") ? new HashMap<>() : new TreeMap<>();
        call.forEach((name, value) -> {
            if (value != null) sorted.put(name, value);
        });
        // The charset of the machine, where none is named; a container without a locale has ASCII.
        var charset = broken.equals("default-charset") ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
        var inner = hex(hmac(Json.text(sorted, false).getBytes(charset)));
        var right = hex(hmac((KEY + nonce + timestamp + inner).getBytes(StandardCharsets.UTF_8)));
        var same = broken.equals("case-sensitive") ? right.equals(signature) : right.equalsIgnoreCase(signature);
        if (!same) throw new Refused("000001", "the signature is wrong");
        long now = System.currentTimeMillis();
        // Seconds minus milliseconds is never more than anything.
        long age = (broken.equals("seconds") ? now / 1000 : now) - Long.parseLong(timestamp);
        if (age > 60_000) throw new Refused("000001", "the call is too old");
        nonces.values().removeIf(at -> at < now - 120_000);
        if (nonces.putIfAbsent(nonce, now) != null) throw new Refused("000001", "the nonce was used before");
    }

    static void run(Map<String, Object> call, Map<String, Object> result) {
        var activity = String.valueOf(call.get("activity"));
        switch (activity) {
            case "newInstance" -> {
                var orderId = field(call, "orderId", 64);
                var businessId = field(call, "businessId", 64);
                var id = lines.computeIfAbsent(orderId + "/" + field(call, "orderLineId", 64), line -> {
                    instances.put(businessId, new Instance(orderId, false, false, null));
                    return businessId;
                });
                // A long of the database, written as it is.
                result.put("instanceId", broken.equals("long-id") ? (Object) (double) Math.abs(id.hashCode()) : id);
            }
            case "queryInstance" -> {
                var ids = field(call, "instanceId", 6500).split(",");
                if (ids.length > 100) throw new Refused("000002", "more than 100 ids");
                var info = Arrays.stream(ids).filter(id -> instances.containsKey(id) && !instances.get(id).released).map(Server::info).toList();
                if (info.isEmpty()) throw new Refused("000003", "no such instances");
                result.put("info", info);
            }
            case "refreshInstance" -> {
                var until = field(call, "expireTime", 20);
                if (!SCENES.contains(field(call, "scene", 64)) || !until.matches("\\d{14}(\\d{3})?"))
                    throw new Refused("000002", "scene or expireTime is wrong");
                order(call);
                change(call, old -> new Instance(old.orderId, old.frozen, false, until));
            }
            case "updateInstanceStatus" -> {
                var status = field(call, "status", 32);
                if (!Set.of("FREEZE", "UNFREEZE").contains(status)) throw new Refused("000002", "status is wrong");
                change(call, old -> new Instance(old.orderId, status.equals("FREEZE"), false, old.until));
            }
            case "releaseInstance" -> {
                var id = field(call, "instanceId", 64);
                var old = instances.get(id);
                if (old == null) throw new Refused("000003", "there is no such instance");
                // Once only: who releases again finds nothing.
                if (old.released && broken.equals("release-once")) throw new Refused("000003", "there is no such instance");
                instances.put(id, new Instance(old.orderId, old.frozen, true, old.until));
            }
            case "upgradeInstance" -> {
                order(call);
                change(call, old -> old);
            }
            case "changeInstanceCheck" -> {
                if (!(call.get("productInfo") instanceof Map)) throw new Refused("000002", "productInfo is wrong");
                change(call, old -> old);
            }
            default -> throw new Refused("000002", "unknown activity");
        }
    }

    static void order(Map<String, Object> call) {
        field(call, "orderId", 64);
        field(call, "orderLineId", 64);
    }

    static String field(Map<String, Object> call, String name, int most) {
        var value = call.get(name);
        // Where nobody looked: the NullPointerException ends the connection.
        if (broken.equals("null-pointer")) value.hashCode();
        if (value instanceof String text && !text.isEmpty() && text.length() <= most) return text;
        throw new Refused("000002", name + " is wrong");
    }

    static void change(Map<String, Object> call, java.util.function.UnaryOperator<Instance> change) {
        var changed = instances.computeIfPresent(field(call, "instanceId", 64), (id, old) -> old.released ? old : change.apply(old));
        if (changed == null || changed.released) throw new Refused("000003", "there is no such instance");
    }

    static Map<String, Object> info(String id) {
        var app = Map.of("frontEndUrl", "https://ledger.example.com/" + id, "userName", "admin", "password", hex(hmac(id.getBytes())).substring(0, 12), "memo", "Café ☕");
        if (!instances.get(id).orderId.startsWith("MOCKONDEMAND")) return Map.of("instanceId", id, "appInfo", app);
        var time = ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS"));
        return Map.of("instanceId", id, "appInfo", app, "usageInfo", List.of(Map.of("usageValue", 3.25, "statisticalTime", time)));
    }

    static String bodySign(byte[] body) {
        return "sign_type=\"HMAC-SHA256\", signature=\"" + Base64.getEncoder().encodeToString(hmac(body)) + "\"";
    }

    static byte[] hmac(byte[] data) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** As little JSON as this needs; the JDK has none. */
    static class Json {
        final String text;
        int at = 0;

        Json(String text) {
            this.text = text;
        }

        Object whole() {
            try {
                var value = value();
                blanks();
                if (at == text.length()) return value;
            } catch (IndexOutOfBoundsException | NumberFormatException error) {
                // Told below.
            }
            throw new Refused("000002", "the body is no JSON");
        }

        Object value() {
            blanks();
            char c = text.charAt(at);
            if (c == '{') {
                var map = new LinkedHashMap<String, Object>();
                items('}', () -> {
                    var name = string();
                    blanks();
                    at++;
                    map.put(name, value());
                });
                return map;
            }
            if (c == '[') {
                var list = new ArrayList<Object>();
                items(']', () -> list.add(value()));
                return list;
            }
            if (c == '"') return string();
            int start = at;
            while (at < text.length() && ",}] \t\r\n".indexOf(text.charAt(at)) < 0) at++;
            var word = text.substring(start, at);
            return switch (word) {
                case "null" -> null;
                case "true" -> true;
                case "false" -> false;
                default -> new java.math.BigDecimal(word);
            };
        }

        void items(char end, Runnable item) {
            at++;
            for (blanks(); text.charAt(at) != end; blanks()) {
                item.run();
                blanks();
                if (text.charAt(at) == ',') at++;
                blanks();
            }
            at++;
        }

        String string() {
            var result = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c == '\\') {
                    c = text.charAt(++at);
                    if (c == 'u') {
                        c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                        at += 4;
                    } else c = "bfnrt".indexOf(c) < 0 ? c : "\b\f\n\r\t".charAt("bfnrt".indexOf(c));
                }
                result.append(c);
            }
            at++;
            return result.toString();
        }

        void blanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
        }

        static String text(Object value, boolean ascii) {
            if (value instanceof Map<?, ?> map) {
                var parts = new StringJoiner(",", "{", "}");
                map.forEach((name, each) -> parts.add(text(name, ascii) + ":" + text(each, ascii)));
                return parts.toString();
            }
            if (value instanceof List<?> list) {
                var parts = new StringJoiner(",", "[", "]");
                for (var each : list) parts.add(text(each, ascii));
                return parts.toString();
            }
            if (!(value instanceof String string)) return String.valueOf(value);
            var result = new StringBuilder("\"");
            for (char c : string.toCharArray()) {
                int special = "\"\\\b\f\n\r\t".indexOf(c);
                if (special >= 0) result.append('\\').append("\"\\bfnrt".charAt(special));
                else if (c < ' ' || ascii && c > '~') result.append(String.format("\\u%04x", (int) c));
                else result.append(c);
            }
            return result.append('"').toString();
        }
    }
}
