using System.Globalization;
using Microsoft.ML;

namespace MlNetRecurrent.Tests.Reports;

public sealed class LogTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly LogLines _log;

    public LogTests() => _log = new(_ml);

    [Fact]
    public void The_log_counts_rows_sequences_and_steps()
    {
        Row[] rows = [.. Enumerable.Range(0, 12).Select(i => new Row { Features = [i, i + 1, 1 - i], Label = i })];
        rows[2].Label = rows[5].Label = float.NaN;
        rows[7].Weight = rows[8].Weight = rows[9].Weight = 0;
        Fit(rows, 2);
        Assert.Equal("2 rows have no label and are left out. (RecurrentWarning.MissingLabels)", Assert.Single(_log.Warnings));
        Assert.Single(_log.Infos, "3 rows have the weight 0 and are left out.");
        Assert.Single(_log.Infos, "Training on 5 sequences of 15 steps in all, 1 feature a step, 1 output, layers: Gru 4.");
        Assert.Single(_log.Infos, "2 sequences are set aside for validation.");
    }

    [Fact]
    public void One_is_singular()
    {
        Row[] rows = [.. Enumerable.Range(0, 4).Select(i => new Row { Features = [i], Label = i })];
        rows[0].Label = float.NaN;
        rows[1].Weight = 0;
        Fit(rows, 1);
        Assert.StartsWith("1 row has no label and is left out.", _log.Warnings[0], StringComparison.Ordinal);
        Assert.Single(_log.Infos, "1 row has the weight 0 and is left out.");
        Assert.Single(_log.Infos, "Training on 1 sequence of 1 step in all, 1 feature a step, 1 output, layers: Gru 4.");
        Assert.Single(_log.Infos, "1 sequence is set aside for validation.");
    }

    [Fact]
    public void The_line_of_an_epoch_has_the_figures_of_its_report()
    {
        TrainingProgress? last = null;
        Row[] rows = [.. Enumerable.Range(0, 40).Select(i => new Row { Features = [i, i + 1], Label = 3 * i })];
        Fit(rows, 10, progress => last = progress);
        string expected = string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch 1/1: loss {last!.Loss:0.0000}, validation loss {last.ValidationLoss:0.0000} (the smallest), "
            + $"RootMeanSquaredError {last.ValidationMetrics[0].Value:0.0000}, "
            + $"MeanAbsoluteError {last.ValidationMetrics[1].Value:0.0000}, "
            + $"gradient norm {last.GradientNorm:0.000}, learning rate 0.001, ");
        Assert.Single(_log.Infos, line => line.StartsWith(expected, StringComparison.Ordinal));
        Assert.Equal(last.ValidationLoss!.Value, Math.Pow(last.ValidationMetrics[0].Value, 2), 1e-3 * last.ValidationLoss!.Value);
    }

    private void Fit(Row[] rows, int validation, Action<TrainingProgress>? report = null)
    {
        int usable = rows.Count(row => !float.IsNaN(row.Label) && row.Weight > 0);
        _ml.Regression.Trainers.Recurrent(new RecurrentOptions
        {
            Layers = [new GruLayer(4)],
            ExampleWeightColumnName = "Weight",
            NumberOfEpochs = 1,
            ValidationFraction = (double)validation / usable,
            ValidateOnLastRows = true,
            Progress = report is null ? null : new SynchronousProgress(report),
            Seed = 1,
        }.Planned()).Fit(_ml.Data.LoadFromEnumerable(rows));
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public float Weight { get; set; } = 1;
    }
}
