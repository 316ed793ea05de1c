using Microsoft.ML;

namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>A forecast depends on nothing that is not known at its row.</summary>
public sealed class FutureTests
{
    private const int Shops = 3, Days = 24, Targets = 2;

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Later_rows_change_no_forecast(bool isInterleaved, bool knowsAhead)
    {
        ForecastRow[] rows = Order(ForecastRow.Generate(Shops, Days), isInterleaved);
        foreach (ForecastScaling scaling in Enum.GetValues<ForecastScaling>())
        {
            ForecastTransformer model = Fit(rows, knowsAhead, scaling);
            float[][] expected = ForecastTraining.Forecasts(_ml, model, rows);
            var random = new Random((int)scaling);
            for (int i = 0; i < 6; i++)
            {
                int day = random.Next(Days);
                float[][] actual = ForecastTraining.Forecasts(_ml, model, rows.Select(row => ChangeAfter(row, day, random)));
                foreach (int place in Enumerable.Range(0, rows.Length).Where(place => rows[place].Day <= day))
                    Assert.Equal(expected[place], actual[place]);
                if (day < Days - 1)
                    Assert.NotEqual(expected.SelectMany(forecast => forecast), actual.SelectMany(forecast => forecast));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Known_values_change_the_forecasts_of_their_steps_alone(bool isInterleaved)
    {
        ForecastRow[] rows = Order(ForecastRow.Generate(Shops, Days), isInterleaved);
        ForecastTransformer model = Fit(rows, knowsAhead: true, ForecastScaling.LastValue);
        float[][] expected = ForecastTraining.Forecasts(_ml, model, rows);
        const int Changed = 10;
        float[][] actual = ForecastTraining.Forecasts(
            _ml, model, rows.Select(row => row.Day == Changed ? row with { Price = row.Price + 1 } : row));
        int changed = 0;
        foreach (int place in Enumerable.Range(0, rows.Length).Where(place => rows[place].Day < Changed))
        {
            for (int value = 0; value < expected[place].Length; value++)
            {
                bool isSame = expected[place][value].Equals(actual[place][value]);
                Assert.True(isSame || rows[place].Day + 1 + value / Targets == Changed, $"row {place}, value {value}");
                changed += isSame ? 0 : 1;
            }
        }
        Assert.InRange(changed, 1, Shops * ForecastTraining.Horizon * Targets);
    }

    [Fact]
    public void Other_series_change_no_forecast()
    {
        ForecastRow[] rows = ForecastRow.Interleave(ForecastRow.Generate(Shops, Days));
        ForecastTransformer model = Fit(rows, knowsAhead: true, ForecastScaling.LastValue);
        float[][] expected = ForecastTraining.Forecasts(_ml, model, rows);
        foreach (string shop in rows.Select(row => row.Shop).Distinct())
        {
            Assert.Equal(
                expected.Where((_, place) => rows[place].Shop == shop),
                ForecastTraining.Forecasts(_ml, model, rows.Where(row => row.Shop == shop)));
        }
    }

    [Fact]
    public void Validation_targets_are_not_learned()
    {
        ForecastRow[] rows = ForecastRow.Generate(1, 40);
        float[] Train(IEnumerable<ForecastRow> data) => ForecastTraining.WeightsOf(ForecastTraining.Fit(
            _ml, ForecastTraining.With(options => (options.ValidationFraction, options.NumberOfEpochs) = (0.25, 1)), data));
        float[] expected = Train(rows);
        Assert.Equal(expected, Train(rows.Select(row => row.Day >= 30 ? row with { Sales = row.Sales + row.Day % 5 } : row)));
        Assert.NotEqual(expected, Train(rows.Select(row => row.Day >= 29 ? row with { Sales = row.Sales + row.Day % 5 } : row)));
    }

    private static ForecastRow[] Order(ForecastRow[] rows, bool isInterleaved) => isInterleaved ? ForecastRow.Interleave(rows) : rows;

    private ForecastTransformer Fit(ForecastRow[] rows, bool knowsAhead, ForecastScaling scaling) => ForecastTraining.Fit(
        _ml,
        ForecastTraining.With(options =>
        {
            options.TargetColumnNames = ["Sales", "Visits"];
            options.PastColumnNames = ["Rain"];
            options.KnownAheadColumnNames = knowsAhead ? ["Price"] : [];
            options.Scaling = scaling;
        }),
        rows);

    /// <summary>Another future: prices are known ahead for a horizon.</summary>
    private static ForecastRow ChangeAfter(ForecastRow row, int day, Random random) => row with
    {
        Sales = Change(row.Sales, row.Day > day, random),
        Visits = Change(row.Visits, row.Day > day, random),
        Rain = Change(row.Rain, row.Day > day, random),
        Price = row.Day > day + ForecastTraining.Horizon ? random.NextSingle() : row.Price,
    };

    private static float Change(float value, bool isChanged, Random random) =>
        !isChanged ? value : random.Next(4) == 0 ? float.NaN : 100 * random.NextSingle();
}
