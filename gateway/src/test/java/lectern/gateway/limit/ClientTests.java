package lectern.gateway.limit;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientTests {

	@ParameterizedTest
	@CsvSource({ "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true", "2001:db8:1:2::1, 2001:db8:1:3::1, false",
			"192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.2, false", "::ffff:192.0.2.1, 192.0.2.1, true",
			"127.0.0.1, 255.0.0.1, false", "::1, 0.0.0.1, false" })
	void networkOfAnIpv6AddressIsOneClient(String first, String second, boolean same) {
		assertThat(at(first).equals(at(second))).isEqualTo(same);
		assertThat(at(first).hash(7) == at(second).hash(7)).isEqualTo(same);
	}

	@Test
	void unknownAddressesAreOneClient() {
		assertThat(Client.at(null)).isEqualTo(Client.at(InetSocketAddress.createUnresolved("nowhere.example", 1)));
	}

	@Test
	void readersAreApartFromAddressesAndFromEachOther() {
		Set<Long> hashes = new HashSet<>();
		for (int i = 0; i < 100_000; i++) {
			hashes.add(Client.reader("reader-" + i).hash(11));
		}
		hashes.add(Client.at(null).hash(11));
		hashes.add(Client.reader("").hash(11));
		// These have the same hash code as strings.
		hashes.add(Client.reader("Aa").hash(11));
		hashes.add(Client.reader("BB").hash(11));
		assertThat(hashes).hasSize(100_004);
	}

	@Test
	void sameHashWithOneSeedIsNoneWithAnother() {
		assertThat(Client.reader("ada").hash(1)).isNotEqualTo(Client.reader("ada").hash(2));
	}

	private static Client at(String address) {
		return Client.at(new InetSocketAddress(address, 443));
	}

}
