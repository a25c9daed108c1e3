// Prints, for each line of standard input, what Java makes of it: the line is base64 of a seed, a blank, base64 of a plain
// text, a blank, a vector. The answer has the keys of 128 and 256 bits in hex, and what is encrypted with each, in base64.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

public class Keys {
  public static void main(String[] arguments) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split(" ", -1);
      byte[] seed = Base64.getDecoder().decode(parts[0]);
      byte[] plain = Base64.getDecoder().decode(parts[1]);
      StringBuilder answer = new StringBuilder();
      for (int bits : new int[] {128, 256}) {
        SecretKey key = keyOf(seed, bits);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(parts[2].getBytes("US-ASCII")));
        answer.append(HexFormat.of().formatHex(key.getEncoded())).append(' ');
        answer.append(Base64.getEncoder().encodeToString(cipher.doFinal(plain))).append(' ');
      }
      System.out.println(answer.toString().trim());
    }
  }

  private static SecretKey keyOf(byte[] seed, int bits) throws Exception {
    SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
    random.setSeed(seed);
    KeyGenerator generator = KeyGenerator.getInstance("AES");
    generator.init(bits, random);
    return generator.generateKey();
  }
}
