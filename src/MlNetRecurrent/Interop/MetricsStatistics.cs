using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Interop;

/// <summary>Creates ML.NET's statistics of changes of metrics and adds to them. Their constructors and methods are not public.</summary>
internal static class MetricsStatistics
{
    private const string Interface = "Microsoft.ML.Data.IMetricsStatistics<Microsoft.ML.Data.";

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern RegressionMetricsStatistics OfRegression();

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern BinaryClassificationMetricsStatistics OfBinary();

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern MulticlassClassificationMetricsStatistics OfMulticlass();

    public static void AddChange(RegressionMetricsStatistics statistics, RegressionMetrics now, RegressionMetrics before) => Add(
        statistics,
        new(
            l1: now.MeanAbsoluteError - before.MeanAbsoluteError, l2: now.MeanSquaredError - before.MeanSquaredError,
            rms: now.RootMeanSquaredError - before.RootMeanSquaredError, lossFunction: now.LossFunction - before.LossFunction,
            rSquared: now.RSquared - before.RSquared));

    public static void AddChange(
        BinaryClassificationMetricsStatistics statistics, BinaryClassificationMetrics now, BinaryClassificationMetrics before) => Add(
        statistics,
        new(
            auc: now.AreaUnderRocCurve - before.AreaUnderRocCurve, accuracy: now.Accuracy - before.Accuracy,
            positivePrecision: now.PositivePrecision - before.PositivePrecision,
            positiveRecall: now.PositiveRecall - before.PositiveRecall,
            negativePrecision: now.NegativePrecision - before.NegativePrecision,
            negativeRecall: now.NegativeRecall - before.NegativeRecall, f1Score: now.F1Score - before.F1Score,
            auprc: now.AreaUnderPrecisionRecallCurve - before.AreaUnderPrecisionRecallCurve));

    public static void AddChange(
        MulticlassClassificationMetricsStatistics statistics, MulticlassClassificationMetrics now,
        MulticlassClassificationMetrics before) => Add(
        statistics,
        new(
            accuracyMicro: now.MicroAccuracy - before.MicroAccuracy, accuracyMacro: now.MacroAccuracy - before.MacroAccuracy,
            logLoss: now.LogLoss - before.LogLoss, logLossReduction: now.LogLossReduction - before.LogLossReduction,
            topKPredictionCount: now.TopKPredictionCount, topKAccuracies: [now.TopKAccuracy - before.TopKAccuracy],
            perClassLogLoss: [.. now.PerClassLogLoss.Zip(before.PerClassLogLoss, (one, other) => one - other)]));

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = $"{Interface}RegressionMetrics>.Add")]
    private static extern void Add(RegressionMetricsStatistics statistics, RegressionMetrics change);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = $"{Interface}BinaryClassificationMetrics>.Add")]
    private static extern void Add(BinaryClassificationMetricsStatistics statistics, BinaryClassificationMetrics change);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = $"{Interface}MulticlassClassificationMetrics>.Add")]
    private static extern void Add(MulticlassClassificationMetricsStatistics statistics, MulticlassClassificationMetrics change);
}
