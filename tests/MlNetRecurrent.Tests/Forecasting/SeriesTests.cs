using Microsoft.ML;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Forecasting;

namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>Scales and labels, by hand.</summary>
public sealed class SeriesTests
{
    private static readonly ForecastColumns _columns = new()
    {
        Targets = [new("Sales", 1)],
        Past = [new("Rain", 1)],
        KnownAhead = [new("Price", 1)],
        Statics = [],
    };

    /// <summary>The offset and the unit after 2, 4 and 6: mean 4, variance 8 / 3, mean magnitude 4.</summary>
    [Theory]
    [InlineData(ForecastScaling.LastValue, 6, 1.632993)]
    [InlineData(ForecastScaling.RelativeChange, 6, 4)]
    [InlineData(ForecastScaling.Standard, 4, 1.632993)]
    [InlineData(ForecastScaling.Mean, 0, 4)]
    [InlineData(ForecastScaling.None, 0, 1)]
    public void A_scale_is_that_of_the_values_so_far(ForecastScaling scaling, double offset, double unit)
    {
        var scale = default(SeriesScale);
        foreach (double value in (double[])[2, 4, 6])
            scale.Observe(value, context: 8);
        Assert.Equal((6, 3), (scale.Last, scale.Count));
        Assert.Equal(offset, scale.Offset(scaling), 1e-9);
        Assert.Equal(unit, scale.Unit(scaling), 1e-6);
    }

    [Fact]
    public void Old_values_are_forgotten()
    {
        var scale = default(SeriesScale);
        for (int i = 0; i < 400; i++)
            scale.Observe(i < 100 ? 1000 : i % 2, context: 8);
        Assert.InRange(scale.Unit(ForecastScaling.LastValue), 0.45, 0.55);
        Assert.InRange(scale.Offset(ForecastScaling.Standard), 0.4, 0.6);
    }

    [Fact]
    public void A_constant_has_a_small_unit_and_zeros_and_nothing_have_none()
    {
        var scale = default(SeriesScale);
        Assert.True(double.IsNaN(scale.Unit(ForecastScaling.LastValue)));
        Assert.Equal(1, scale.Unit(ForecastScaling.None));
        scale.Observe(0, 8);
        Assert.Equal(0, scale.Unit(ForecastScaling.LastValue));
        Assert.Equal(0, scale.Unit(ForecastScaling.Mean));
        Assert.Equal(0, scale.Level(ForecastScaling.Mean));
        scale = default;
        scale.Observe(-500, 8);
        scale.Observe(-500, 8);
        Assert.Equal(0.5, scale.Unit(ForecastScaling.Standard), 1e-9);
    }

    [Fact]
    public void A_step_has_the_level_the_change_and_the_last_known_numbers()
    {
        var series = new Series(_columns, ForecastScaling.None, context: 8);
        series.Append([5], [1], [7]);
        series.Append([float.NaN], [float.NaN], [8]);
        series.Append([9], [2], [float.NaN]);
        Assert.Equal([5, 0, 0, 1, 7, 5, 0, 1, 1, 8, 9, 4, 0, 2, 8], series.Steps);
        Assert.Equal([5, float.NaN, 9], series.Targets);
        Assert.Equal([7, 8, float.NaN], series.Known);
        series.RemoveFirst(2);
        Assert.Equal([9, 4, 0, 2, 8], series.Steps);
        Assert.Equal((1, 3L), (series.Count, series.Length));
    }

    [Fact]
    public void Labels_are_the_next_values_in_the_scale_of_the_row()
    {
        (SequenceSet set, _) = Examples([1, 2, 4, float.NaN, 16, 32], ForecastScaling.None, horizon: 2, first: 0, last: 6);
        Assert.Equal(1, set.Count);
        // The first four values set the scale (a half of the context, at most a half of the values).
        float none = float.NaN;
        Assert.Equal([none, none, none, none, none, 16, 16, 32, 32, none], set.Labels(0));
        (set, Series series) = Examples([1, 2, 4, 8, 16, 32], ForecastScaling.LastValue, horizon: 1, first: 0, last: 6);
        float[] labels = set.Labels(0).ToArray();
        Assert.Equal((16 - 8) / series.Units[3 * 2 + 1], labels[3], 1e-5);
        Assert.Equal((32 - 16) / series.Units[4 * 2 + 1], labels[4], 1e-5);
    }

    [Fact]
    public void Known_values_are_those_of_the_rows_that_follow()
    {
        (SequenceSet set, _) = Examples([1, 2, 4, 8, 16, 32], ForecastScaling.None, horizon: 2, first: 0, last: 6);
        // 5 steps, and two ahead of the last; the value 100 + row is known of a row.
        Assert.Equal([100, 101, 102, 103, 104, 105, float.NaN], set.Values(0, 1));
    }

    [Fact]
    public void A_part_for_validation_begins_with_the_forecast_of_its_first_row()
    {
        (SequenceSet set, _) = Examples([1, 2, 4, 8, 16, 32], ForecastScaling.None, horizon: 2, first: 4, last: 6);
        float none = float.NaN;
        Assert.Equal([none, none, none, none, none, none, 16, 32, 32, none], set.Labels(0));
        float[] values = [.. Enumerable.Range(0, 12).Select(row => (float)row)];
        (set, _) = Examples(values, ForecastScaling.None, horizon: 2, first: 0, last: 9);
        Assert.Equal(8, set.Labels(0).ToArray().Where(value => !float.IsNaN(value)).Max());
    }

    [Fact]
    public void A_long_series_is_cut_into_pieces_that_learn_every_row_once()
    {
        float[] values = [.. Enumerable.Range(0, 100).Select(i => (float)i)];
        (SequenceSet set, _) = Examples(values, ForecastScaling.None, horizon: 1, first: 0, last: 100);
        Assert.Equal(6, set.Count);
        float[] learned = [.. Enumerable.Range(0, set.Count).SelectMany(i => set.Labels(i).ToArray()).Where(value => !float.IsNaN(value))];
        Assert.Equal(values[5..], learned);
    }

    [Fact]
    public void Values_before_the_first_and_zeros_are_not_learned_from()
    {
        (SequenceSet set, _) = Examples(
            [float.NaN, float.NaN, 500, 510, 520, 530], ForecastScaling.LastValue, horizon: 1, first: 0, last: 6);
        Assert.Equal(1, Enumerable.Range(0, 5).Count(row => !float.IsNaN(set.Labels(0)[row])));
        (set, _) = Examples([0, 0, 0, 0, 0, 0, 700, 710, 720], ForecastScaling.LastValue, horizon: 1, first: 0, last: 9);
        Assert.All(set.Labels(0).ToArray(), value => Assert.False(Math.Abs(value) > 10));
    }

    /// <summary>The labels of the rows 4 to 28 are the values 10 to 34 one step ahead, 11 to 34 two and 12 to 34 three ahead.</summary>
    [Fact]
    public void A_network_of_zeros_forecasts_the_mean_of_the_labels_of_each_step()
    {
        var ml = new MLContext(seed: 1);
        ForecastRow[] rows = ForecastTraining.Shop(ForecastTraining.Line(30));
        ForecastOptions options = ForecastTraining.With(options => options.Scaling = ForecastScaling.None);
        ForecastTransformer model = ForecastTraining.Fit(ml, options, rows);
        model.Model.Network.Parameters.Values.Span.Clear();
        Assert.All(ForecastTraining.Forecasts(ml, model, rows), forecast => Assert.Equal([22, 22.5f, 23], forecast));
    }

    private static (SequenceSet Set, Series Series) Examples(float[] values, ForecastScaling scaling, int horizon, int first, int last)
    {
        var shape = new ForecastShape { Horizon = horizon, ContextLength = 8, Scaling = scaling, Loss = ForecastLoss.SquaredError };
        var series = new Series(_columns, scaling, shape.ContextLength) { Statics = [] };
        for (int row = 0; row < values.Length; row++)
            series.Append([values[row]], [0], [100 + row]);
        var set = new SequenceSet([new InputField("Steps", _columns.StepSize), new InputField("Known", 1) { Ahead = horizon }]);
        new ForecastExamples(_columns, shape, set).Add(series, first, last);
        return (set, series);
    }
}
