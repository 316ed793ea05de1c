using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>Models with several transforms of tables of time, in views, in files and row by row.</summary>
public sealed class TimeTableModelTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Reading[] _table = Reading.Generate(120, 3, seed: 4);

    [Fact]
    public void An_engine_of_a_loaded_model_gives_what_a_view_gives()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_table);
        ITransformer model = Pipeline().Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        float[] expected = [.. model.Transform(data).GetColumn<float>("Forecast")];
        Assert.Equal(_table.Length, expected.Length);
        Assert.Equal(expected, loaded.Transform(data).GetColumn<float>("Forecast"));
        using PredictionEngine<Reading, Forecasted> engine = _ml.Model.CreatePredictionEngine<Reading, Forecasted>(loaded);
        Assert.All(_table.Zip(expected), row => Assert.Equal(row.Second, engine.Predict(row.First).Forecast, 1e-5f));
    }

    [Fact]
    public void A_saved_state_has_the_last_values_and_the_windows()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_table);
        ITransformer model = Pipeline().Fit(data);
        using SequenceEngine<Reading, Forecasted> whole = Engine(), before = Engine(), after = Engine();
        foreach (Reading row in _table[..50])
            before.Predict(row);
        using var state = new MemoryStream();
        before.SaveState(state);
        byte[] bytes = state.ToArray();
        after.LoadState(new MemoryStream(bytes));
        float[] expected = [.. _table.Select(row => whole.Predict(row).Forecast)];
        Assert.Equal(expected[50..], _table[50..].Select(row => after.Predict(row).Forecast));
        for (int cut = 0; cut < bytes.Length; cut += 1 + bytes.Length / 50)
            Assert.Throws<InvalidDataException>(() => after.LoadState(new MemoryStream(bytes[..cut])));

        SequenceEngine<Reading, Forecasted> Engine() => _ml.Model.CreateSequenceEngine<Reading, Forecasted>(model);
    }

    [Fact]
    public void Intervals_are_filled_and_cut_into_windows()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_table);
        IDataView windows = _ml.Transforms.Resample("Date", TimeSpan.FromHours(12), [new("Wind", ResampleFunction.Mean)], "Entity")
            .Append(_ml.Transforms.FillMissingValues("Wind", fill: MissingValueFill.InterpolateByRow, groupColumnName: "Entity"))
            .Append(_ml.Transforms.SlidingWindow(new()
            {
                InputColumnNames = ["Wind"],
                WindowSize = 3,
                GroupColumnName = "Entity",
                OrderColumnName = "Date",
                OrderTimeInterval = TimeSpan.FromHours(12),
            })).Fit(data).Transform(data);
        float[][] read = [.. windows.GetColumn<float[]>("Features")];
        // Six rows of the table are an interval; the first two intervals of each entity have no window.
        IEnumerable<int> counts = _table.GroupBy(row => row.Entity, row => row.Time / 6).Select(times => times.Max() - times.Min() - 1);
        Assert.Equal(counts.Sum(), read.Length);
        Assert.DoesNotContain(read, window => window.Any(float.IsNaN));
    }

    private IEstimator<ITransformer> Pipeline() => _ml.Transforms.FeaturizeCalendar("Calendar", CalendarParts.HourOfDay, "Date")
        .Append(_ml.Transforms.FillMissingValues(
            new() { OutputColumnName = "Gaps", GroupColumnName = "Entity", OrderColumnName = "Time", InitialValue = 0 }))
        .Append(_ml.Transforms.NormalizeByGroup("Scaled", "Entity", "Value"))
        .Append(_ml.Transforms.SlidingWindow(
            "Features", ["Scaled", "Gaps", "Calendar"], windowSize: 3, groupColumnName: "Entity", start: WindowStart.Pad))
        .Append(_ml.Regression.Trainers.Gru("Weight", hiddenSize: 3, numberOfEpochs: 1))
        .Append(_ml.Transforms.DenormalizeByGroup("Forecast", "Score", "Scaled"));

    private sealed class Forecasted
    {
        public float Forecast { get; set; }
    }
}
