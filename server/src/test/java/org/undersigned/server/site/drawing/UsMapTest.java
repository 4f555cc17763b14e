package org.undersigned.server.site.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UsMapTest {
    /// The expected values are those of d3-geo 3.1.1: geoAlbersUsa().scale(1300).translate([487.5, 305]).
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Medford | 42.40855 | -71.118293 | 907.43 | 166.27",
                "Los Angeles | 34.021281 | -118.284169 | 85.91 | 363.63",
                "Miami | 25.75732 | -80.373928 | 819.05 | 573.26",
                "Portland | 45.511601 | -122.686289 | 79.25 | 90.33",
                "New York | 40.808286 | -73.961885 | 869.95 | 213.44",
                "Seattle | 47.6062 | -122.3321 | 97.62 | 46.32",
                "Houston | 29.7604 | -95.3698 | 510.43 | 509.23",
                "Denver | 39.7392 | -104.9903 | 342.85 | 273.88",
                "Chicago | 41.8781 | -87.6298 | 638.22 | 226.11",
                "Anchorage | 61.2181 | -149.9003 | 112.28 | 544.28",
                "Juneau | 58.3019 | -134.4197 | 176.94 | 556.08",
                "Adak | 51.88 | -176.65 | -12.78 | 600.14",
                "Honolulu | 21.3069 | -157.8583 | 266.96 | 549.19",
                "Hilo | 19.7074 | -155.0885 | 326.19 | 585.18",
                "San Juan | 18.4655 | -66.1057 |  | ",
                "Guam | 13.4443 | 144.7937 |  | ",
                "Bangor | 44.8016 | -68.7712 | 929.63 | 103.39",
                "Key West | 24.5551 | -81.78 | 794.41 | 604.45"
            })
    void placesStandWhereD3PutsThem(
            String name, double latitude, double longitude, @Nullable Double x, @Nullable Double y) {
        var spot = AlbersUsa.at(latitude, longitude);

        if (x == null || y == null) {
            assertThat(spot).as(name).isNull();
        } else {
            assertThat(Objects.requireNonNull(spot, name).x()).isCloseTo(x, within(0.02));
            assertThat(spot.y()).isCloseTo(y, within(0.02));
        }
    }

    private static UsMap.Place place(String id, @Nullable Double latitude, @Nullable Double longitude) {
        return new UsMap.Place(id, id, "Somewhere", "/c/" + id, latitude, longitude, false);
    }

    @Test
    void neighboursAreOneMarkThatLeadsToTheList() {
        var map = UsMap.of(List.of(
                place("tufts.edu", 42.40855, -71.118293),
                place("harvard.edu", 42.374471, -71.118313),
                place("pdx.edu", 45.511601, -122.686289)));

        assertThat(map.marks()).hasSize(2);
        assertThat(map.marks().getFirst().campuses()).isEqualTo(2);
        assertThat(map.marks().getFirst().href()).isEqualTo("#tufts.edu");
        assertThat(map.marks().getFirst().label()).isEqualTo("2: tufts.edu; harvard.edu");
        assertThat(map.marks().getLast().href()).isEqualTo("/c/pdx.edu");
        assertThat(map.each()).hasSize(3);
    }

    @Test
    void whatIsOffTheMapIsCountedNotLost() {
        var map = UsMap.of(List.of(place("uprrp.edu", 18.4, -66.05), place("nowhere.edu", null, null)));

        assertThat(map.marks()).isEmpty();
        assertThat(map.offMap()).isEqualTo(2);
    }

    @Test
    void theOutlineIsThere() {
        var map = UsMap.of(List.of());

        assertThat(map.nation()).startsWith("M").hasSizeBetween(5_000, 40_000);
        assertThat(map.borders()).startsWith("M").hasSizeBetween(5_000, 40_000);
    }
}
