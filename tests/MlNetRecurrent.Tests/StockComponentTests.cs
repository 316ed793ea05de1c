using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests;

/// <summary>Calibrators and cross-validation, which take any scorer that keeps to ML.NET's ways.</summary>
public sealed class StockComponentTests
{
    private const string Column = "Vector<Single, *, 2>";

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void The_calibrator_of_the_logistic_function_gives_the_probability_that_the_model_gives()
    {
        IDataView scored = Binary().Fit().Transform(Binary().Data());
        IDataView calibrated = _ml.BinaryClassification.Calibrators.Platt(slope: -1, offset: 0).Fit(scored).Transform(scored);
        DataViewSchema.Column[] both = [.. calibrated.Schema.Where(column => column.Name == "Probability")];
        Assert.Equal([true, false], both.Select(column => column.IsHidden));
        Assert.Equal(calibrated.GetColumn<float>(both[0]), calibrated.GetColumn<float>(both[1]), (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void A_calibrator_in_the_pipeline_does_what_it_does_after_it_and_its_probability_is_the_one_that_counts()
    {
        IDataView data = Binary().Data(), test = Binary().Data(100), scored = Binary().Fit().Transform(data);
        IEstimator<ITransformer> calibrator = _ml.BinaryClassification.Calibrators.Platt("Answer");
        IEstimator<ITransformer> pipeline = Binary().Trainer.Append(_ml.BinaryClassification.Calibrators.Platt("Answer"));
        ITransformer model = pipeline.Fit(data);
        IDataView calibrated = model.Transform(test), byHand = calibrator.Fit(scored).Transform(Binary().Fit().Transform(test));
        SchemaChecks.AssertSame(pipeline.GetOutputSchema(SchemaShapes.Of(data.Schema)), calibrated.Schema);
        Rows.AssertEqual(Rows.Of(byHand), Rows.Of(calibrated));

        float[] probabilities = [.. calibrated.GetColumn<float>("Probability")];
        float[] own = [.. Binary().Fit().Transform(test).GetColumn<float>("Probability")];
        Assert.Contains(Enumerable.Range(0, 100), i => Math.Abs(probabilities[i] - own[i]) > 1e-3);
        double logLoss = -probabilities.Zip(
            test.GetColumn<bool>("Answer"), (probability, answer) => Math.Log2(answer ? probability : 1 - probability)).Average();
        Assert.Equal(logLoss, _ml.BinaryClassification.Evaluate(calibrated, "Answer").LogLoss, 1e-5);

        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _ml.Model.Load(stream, out DataViewSchema schema);
        Rows.AssertEqual(Rows.Of(calibrated), Rows.Of(loaded.Transform(test)));
        using PredictionEngine<Sequence, Answer> engine = _ml.Model.CreatePredictionEngine<Sequence, Answer>(loaded);
        IEnumerable<float> predicted = test.GetColumn<float[]>("Features")
            .Select(features => engine.Predict(new Sequence { Features = features }).Probability);
        Assert.Equal(probabilities, predicted);
    }

    [Fact]
    public void Cross_validation_of_yes_and_no_holds_out_every_row_once()
    {
        ContractCase @case = Binary();
        AssertHeldOut(
            @case, _ml.BinaryClassification.CrossValidate(@case.Data(90), @case.Trainer, 3, "Answer", seed: 1),
            scored => _ml.BinaryClassification.Evaluate(scored, "Answer").LogLoss, metrics => metrics.LogLoss);
        AssertHeldOut(
            @case, _ml.BinaryClassification.CrossValidateNonCalibrated(@case.Data(90), @case.Trainer, 3, "Answer", seed: 1),
            scored => _ml.BinaryClassification.Evaluate(scored, "Answer").AreaUnderRocCurve, metrics => metrics.AreaUnderRocCurve);
    }

    [Fact]
    public void Cross_validation_of_classes_holds_out_every_row_once()
    {
        ContractCase @case = new(_ml, "MulticlassClassification.Recurrent", Column);
        AssertHeldOut(
            @case, _ml.MulticlassClassification.CrossValidate(@case.Data(90), @case.Trainer, 3, "Class", seed: 1),
            scored => _ml.MulticlassClassification.Evaluate(scored, "Class").LogLoss, metrics => metrics.LogLoss);
    }

    [Fact]
    public void Cross_validation_of_values_holds_out_every_row_once()
    {
        ContractCase @case = new(_ml, "Regression.Recurrent", Column);
        AssertHeldOut(
            @case, _ml.Regression.CrossValidate(@case.Data(90), @case.Trainer, 3, "Value", seed: 1),
            scored => _ml.Regression.Evaluate(scored, "Value").RSquared, metrics => metrics.RSquared);
    }

    private ContractCase Binary() => new(_ml, "BinaryClassification.Recurrent", Column);

    private static void AssertHeldOut<T>(
        ContractCase @case, IReadOnlyList<TrainCatalogBase.CrossValidationResult<T>> folds,
        Func<IDataView, double> evaluate, Func<T, double> metric)
        where T : class
    {
        Assert.Equal(Enumerable.Range(0, 90), folds.SelectMany(fold => fold.ScoredHoldOutSet.GetColumn<int>("Number")).Order());
        foreach (TrainCatalogBase.CrossValidationResult<T> fold in folds)
        {
            // What has scored the rows is what was learned from the others.
            IDataView scored = fold.Model.Transform(@case.Data(90));
            DataViewSchema heldOutSchema = fold.ScoredHoldOutSet.Schema;
            object[][] all = Rows.Of(scored, scored.Schema["Number"], scored.Schema["Score"]);
            object[][] heldOut = Rows.Of(fold.ScoredHoldOutSet, heldOutSchema["Number"], heldOutSchema["Score"]);
            Rows.AssertEqual([.. heldOut.Select(row => all[(int)row[0]])], heldOut);
            Assert.Equal(evaluate(fold.ScoredHoldOutSet), metric(fold.Metrics), 1e-9);
        }
        Assert.Equal(3, folds.Select(fold => metric(fold.Metrics)).Distinct().Count());
    }

    private sealed class Sequence
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Answer
    {
        public float Probability { get; set; }
    }
}
