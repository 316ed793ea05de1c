using static Microsoft.ML.DataOperationsCatalog;

namespace MlNetRecurrent.Interop;

/// <summary>Makes ML.NET's pair of training and test data, whose constructor is internal.</summary>
internal static class SplitData
{
    public static TrainTestData Of(IDataView training, IDataView test) => new(training, test);
}
