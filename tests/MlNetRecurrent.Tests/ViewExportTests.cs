using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>What of ML.NET goes through views or chains finds the transformers of this library in them.</summary>
public sealed class ViewExportTests
{
    private static readonly string[] _made = ["Window", "Scaled", "Score"];

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Text_and_previews_have_the_columns_that_were_made()
    {
        IDataView scored = Scored();
        using var text = new MemoryStream();
        _ml.Data.SaveAsText(scored, text, headerRow: true);
        string[] lines = Encoding.UTF8.GetString(text.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(
            lines, line => line.Contains("Score", StringComparison.Ordinal) && line.Contains("Sales[t-1]", StringComparison.Ordinal));
        DataDebuggerPreview preview = scored.Preview(3);
        Assert.All(_made, name => Assert.Contains(preview.ColumnView, column => column.Column.Name == name));
        IEnumerable<object> previewed = preview.ColumnView.Single(column => column.Column.Name == "Score").Values;
        Assert.Equal(scored.GetColumn<float>("Score").Take(3), previewed.Cast<float>());
    }

    [Fact]
    public void What_is_saved_as_binary_and_loaded_has_the_scores()
    {
        IDataView scored = Scored();
        using var file = new MemoryStream();
        _ml.Data.SaveAsBinary(scored, file);
        Assert.Equal(scored.GetColumn<float>("Score"), _ml.Data.LoadFromBinary(new MemorySource(file.ToArray())).GetColumn<float>("Score"));
    }

    [Fact]
    public void A_scope_keeps_the_transformers_that_belong_to_it()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TableRow.Generate(40));
        TransformerChain<RecurrentTransformer> model = new EstimatorChain<ITransformer>()
            .Append(_ml.Transforms.SlidingWindow("Features", ["Sales"], windowSize: 2, horizon: 1), TransformerScope.Scoring)
            .Append(_ml.Transforms.CopyColumns("Label", "Sales"), TransformerScope.Training)
            .Append(_ml.Regression.Trainers.Gru(hiddenSize: 2, numberOfEpochs: 1), TransformerScope.Scoring)
            .Fit(data);
        TransformerChain<ITransformer> scoring = model.GetModelFor(TransformerScope.Scoring);
        Assert.Equal(2, scoring.Count());
        Assert.Equal(model.Transform(data).GetColumn<float>("Score"), scoring.Transform(data).GetColumn<float>("Score"));
    }

    private IDataView Scored()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TableRow.Generate(40));
        return _ml.Transforms.SlidingWindow("Window", ["Sales", "Price"], windowSize: 2, horizon: 1)
            .Append(_ml.Transforms.NormalizeSequence("Scaled", "Window"))
            .Append(_ml.Regression.Trainers.Gru("Sales", "Scaled", hiddenSize: 2, numberOfEpochs: 1)).Fit(data).Transform(data);
    }
}
